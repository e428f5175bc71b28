import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  check,
  doublePrecision,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from "drizzle-orm/pg-core";
import { id, instant, oneOf } from "#db/schema/columns";
import { incidents } from "#db/schema/incidents";
import { users } from "#db/schema/people";
import { services } from "#db/schema/services";
import { JUDGEMENTS, TEACHERS } from "#lib/noise/feedback";
import { GROUPING_MODES } from "#lib/noise/grouping-setting";
import { REPEATS } from "#lib/noise/maintenance";

/** How alerts are gathered: of one service (no name), or of a named set of services. A service belongs to one at most. */
export const groupings = pgTable(
  "groupings",
  {
    id: id().primaryKey(),
    name: text("name"),
    mode: text("mode", { enum: GROUPING_MODES }).notNull(),
    windowSeconds: integer("window_seconds").notNull(),
    fields: text("fields").array().notNull().default([]),
    aggregate: text("aggregate", { enum: ["all", "any"] }).notNull(),
    threshold: doublePrecision("threshold").notNull(),
    // A worse alert that joins an incident of low urgency makes it high.
    raisesUrgency: boolean("raises_urgency").notNull().default(true),
    version: integer("version").notNull().default(1),
    isDemo: boolean("is_demo").notNull().default(false),
    createdAt: instant("created_at").notNull(),
    updatedAt: instant("updated_at").notNull(),
  },
  (t) => [
    uniqueIndex("groupings_name_key").on(sql`lower(${t.name})`),
    oneOf("groupings_mode_check", t.mode, GROUPING_MODES),
    oneOf("groupings_aggregate_check", t.aggregate, ["all", "any"]),
    check("groupings_window_check", sql`${t.windowSeconds} between 0 and 86400`),
    check("groupings_threshold_check", sql`${t.threshold} between 0.1 and 1`),
  ],
);

export const groupingServices = pgTable(
  "grouping_services",
  {
    serviceId: id("service_id")
      .primaryKey()
      .references(() => services.id, { onDelete: "cascade" }),
    groupingId: id("grouping_id")
      .notNull()
      .references(() => groupings.id, { onDelete: "cascade" }),
  },
  (t) => [index("grouping_services_grouping_idx").on(t.groupingId)],
);

/** Kinds of texts of a service, as they were mined. Retired ones are kept for the alerts that name them, but match no more. */
export const alertTemplates = pgTable(
  "alert_templates",
  {
    id: id().primaryKey(),
    serviceId: id("service_id")
      .notNull()
      .references(() => services.id, { onDelete: "cascade" }),
    tokens: text("tokens").array().notNull(),
    size: integer("size").notNull(),
    // Position in the order of what the service's mining saw.
    seen: bigint("seen", { mode: "number" }).notNull(),
    firstSeenAt: instant("first_seen_at").notNull(),
    lastSeenAt: instant("last_seen_at").notNull(),
    retiredAt: instant("retired_at"),
  },
  (t) => [index("alert_templates_service_idx").on(t.serviceId)],
);

/** What people said about two alerts belonging together: one row for each pair of kinds and judgement. */
export const groupingFeedback = pgTable(
  "grouping_feedback",
  {
    id: id().primaryKey(),
    at: instant("at").notNull(),
    userId: id("user_id").references(() => users.id, { onDelete: "set null" }),
    // In order, so that a pair has one key.
    templateA: id("template_a").notNull(),
    templateB: id("template_b").notNull(),
    alertA: id("alert_a").notNull(),
    alertB: id("alert_b").notNull(),
    judgement: text("judgement", { enum: JUDGEMENTS }).notNull(),
    via: text("via", { enum: TEACHERS }).notNull(),
  },
  (t) => [
    index("grouping_feedback_pair_idx").on(t.templateA, t.templateB),
    index("grouping_feedback_b_idx").on(t.templateB),
    oneOf("grouping_feedback_judgement_check", t.judgement, JUDGEMENTS),
    oneOf("grouping_feedback_via_check", t.via, TEACHERS),
    check("grouping_feedback_order_check", sql`${t.templateA} <= ${t.templateB}`),
  ],
);

/** What a service does about transient and flapping alerts. No row: nothing. */
export const serviceNoise = pgTable(
  "service_noise",
  {
    serviceId: id("service_id")
      .primaryKey()
      .references(() => services.id, { onDelete: "cascade" }),
    // Seconds that a transient alert is held; 0: as long as its kind usually takes; null: off.
    autoPauseSeconds: integer("auto_pause_seconds"),
    dampFlapping: boolean("damp_flapping").notNull().default(false),
    stormMode: boolean("storm_mode").notNull().default(false),
    updatedAt: instant("updated_at").notNull(),
  },
  (t) => [check("service_noise_pause_check", sql`${t.autoPauseSeconds} between 0 and 900`)],
);

/** While one lasts, new alerts of its services are held back. */
export const maintenanceWindows = pgTable(
  "maintenance_windows",
  {
    id: id().primaryKey(),
    summary: text("summary").notNull(),
    startsAt: instant("starts_at").notNull(),
    // The end of its only or its first occurrence.
    endsAt: instant("ends_at").notNull(),
    repeats: text("repeats", { enum: REPEATS }).notNull(),
    // The clock that repetitions follow.
    timeZone: text("time_zone").notNull(),
    // No occurrence begins after this instant.
    lastsUntil: instant("lasts_until"),
    // Ended by hand: nothing of it holds from then on.
    endedAt: instant("ended_at"),
    // Only alerts whose field has this value; null: all of the services.
    field: text("field"),
    value: text("value"),
    createdBy: id("created_by").references(() => users.id, { onDelete: "set null" }),
    isDemo: boolean("is_demo").notNull().default(false),
    createdAt: instant("created_at").notNull(),
    updatedAt: instant("updated_at").notNull(),
  },
  (t) => [
    index("maintenance_windows_live_idx")
      .on(t.startsAt)
      .where(sql`${t.endedAt} is null`),
    oneOf("maintenance_windows_repeats_check", t.repeats, REPEATS),
    check("maintenance_windows_order_check", sql`${t.endsAt} > ${t.startsAt}`),
    check("maintenance_windows_label_check", sql`(${t.field} is null) = (${t.value} is null)`),
  ],
);

export const maintenanceServices = pgTable(
  "maintenance_services",
  {
    windowId: id("window_id")
      .notNull()
      .references(() => maintenanceWindows.id, { onDelete: "cascade" }),
    serviceId: id("service_id")
      .notNull()
      .references(() => services.id, { onDelete: "cascade" }),
  },
  (t) => [
    primaryKey({ columns: [t.windowId, t.serviceId] }),
    index("maintenance_services_service_idx").on(t.serviceId),
  ],
);

/** Times in which a service had many more alerts than it has at this hour: all of them are on one incident. */
export const storms = pgTable(
  "storms",
  {
    id: id().primaryKey(),
    serviceId: id("service_id")
      .notNull()
      .references(() => services.id, { onDelete: "cascade" }),
    incidentId: id("incident_id").references(() => incidents.id, { onDelete: "set null" }),
    startedAt: instant("started_at").notNull(),
    endedAt: instant("ended_at"),
    because: text("because").notNull(),
  },
  (t) => [
    uniqueIndex("storms_open_key")
      .on(t.serviceId)
      .where(sql`${t.endedAt} is null`),
    index("storms_started_idx").on(t.startedAt),
  ],
);
