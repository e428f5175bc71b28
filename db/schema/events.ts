import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  check,
  customType,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
} from "drizzle-orm/pg-core";
import { id, instant, oneOf } from "#db/schema/columns";
import { incidents } from "#db/schema/incidents";
import { integrations, services } from "#db/schema/services";
import { PAUSED_BY } from "#lib/alerts/verdict";
import type { IncidentTerms } from "#lib/alerts/verdict";
import { ALERT_STATUSES, SEVERITIES } from "#lib/alerts/vocabulary";
import type { GroupingReason } from "#lib/noise/grouping";
import type { TraceStep } from "#lib/events/trace";

/** JSON kept as the bytes that came in: parsing and printing it again at intake would be wasted work. */
const json = customType<{ data: unknown }>({ dataType: () => "json" });

/**
 * Every accepted event, before anything is decided about it. Partitioned by day (the migration says how); retention drops
 * partitions. `lane` orders events of one dedup key while letting several engines work. `processed_at` null: still to do.
 */
export const inbox = pgTable(
  "inbox",
  {
    id: bigint("id", { mode: "number" }).notNull(),
    receivedAt: instant("received_at").notNull(),
    lane: smallint("lane").notNull(),
    integrationId: id("integration_id").notNull(),
    source: text("source").notNull(),
    action: text("action").notNull(),
    dedupKey: text("dedup_key").notNull(),
    // The normalised event.
    event: json("event").notNull(),
    // The part of a source's message that the event was read from, as it came; null for the Events API, whose fields the event has,
    // and for parts that are too large to keep.
    raw: json("raw"),
    // How often it was said: what a key sends beyond its limit is stored once for several that say the same.
    occurrences: integer("occurrences").notNull().default(1),
    processedAt: instant("processed_at"),
    alertId: id("alert_id"),
    incidentId: id("incident_id"),
    outcome: text("outcome"),
    trace: jsonb("trace").$type<TraceStep[]>(),
  },
  (t) => [
    primaryKey({ columns: [t.id, t.receivedAt] }),
    index("inbox_todo_idx")
      .on(t.lane, t.integrationId, t.id)
      .where(sql`${t.processedAt} is null`),
    index("inbox_integration_idx").on(t.integrationId, t.id),
    index("inbox_alert_idx")
      .on(t.alertId, t.id)
      .where(sql`${t.alertId} is not null`),
  ],
);

/** What arrived with a valid key but could not be understood; kept whole, so that it can be replayed. */
export const intakeErrors = pgTable(
  "intake_errors",
  {
    id: id().primaryKey(),
    receivedAt: instant("received_at").notNull(),
    integrationId: id("integration_id").references(() => integrations.id, { onDelete: "set null" }),
    source: text("source").notNull(),
    contentType: text("content_type"),
    body: text("body").notNull(),
    reason: text("reason").notNull(),
    replayedAt: instant("replayed_at"),
    replayOutcome: text("replay_outcome"),
  },
  (t) => [
    index("intake_errors_received_idx").on(t.receivedAt),
    index("intake_errors_integration_idx").on(t.integrationId, t.receivedAt),
  ],
);

/** A stretch of time in which a key sent more than its limit; what it repeated was stored once for several. Open until it is quiet. */
export const intakeFloods = pgTable(
  "intake_floods",
  {
    id: id().primaryKey(),
    integrationId: id("integration_id")
      .notNull()
      .references(() => integrations.id, { onDelete: "cascade" }),
    beganAt: instant("began_at").notNull(),
    lastAt: instant("last_at").notNull(),
    // Events beyond the limit that were stored together with others.
    coalesced: bigint("coalesced", { mode: "number" }).notNull(),
    // Events beyond the limit that were refused, to be sent again.
    refused: bigint("refused", { mode: "number" }).notNull(),
    toldAt: instant("told_at"),
    endedAt: instant("ended_at"),
  },
  (t) => [
    uniqueIndex("intake_floods_open_key")
      .on(t.integrationId)
      .where(sql`${t.endedAt} is null`),
    index("intake_floods_integration_idx").on(t.integrationId, t.beganAt),
  ],
);

/** The hours in which an integration was heard: enough to know its rhythm, and little to write. */
export const integrationHours = pgTable(
  "integration_hours",
  {
    integrationId: id("integration_id")
      .notNull()
      .references(() => integrations.id, { onDelete: "cascade" }),
    hour: instant("hour").notNull(),
  },
  (t) => [primaryKey({ columns: [t.integrationId, t.hour] })],
);

export const alerts = pgTable(
  "alerts",
  {
    id: id().primaryKey(),
    serviceId: id("service_id")
      .notNull()
      .references(() => services.id, { onDelete: "restrict" }),
    integrationId: id("integration_id").references(() => integrations.id, { onDelete: "set null" }),
    incidentId: id("incident_id").references(() => incidents.id, { onDelete: "set null" }),
    dedupKey: text("dedup_key").notNull(),
    status: text("status", { enum: ALERT_STATUSES }).notNull(),
    severity: text("severity", { enum: SEVERITIES }).notNull(),
    summary: text("summary").notNull(),
    source: text("source").notNull(),
    component: text("component"),
    group: text("group"),
    class: text("class"),
    customDetails: jsonb("custom_details").$type<unknown>(),
    links: jsonb("links").$type<{ href: string; text: string | null }[]>().notNull().default([]),
    images: jsonb("images")
      .$type<{ src: string; href: string | null; alt: string | null }[]>()
      .notNull()
      .default([]),
    client: text("client"),
    clientUrl: text("client_url"),
    // Kept without an incident. Suppressed: for good, unless a later event of its key is not; paused: until the instant.
    suppressed: boolean("suppressed").notNull().default(false),
    pausedUntil: instant("paused_until"),
    pausedBy: text("paused_by", { enum: PAUSED_BY }),
    heldBecause: text("held_because"),
    // What its incident gets when it opens.
    terms: jsonb("terms").$type<IncidentTerms>(),
    tags: text("tags").array().notNull().default([]),
    occurrenceCount: integer("occurrence_count").notNull().default(1),
    // The kind of text it is; not a foreign key, since kinds are kept apart from alerts.
    templateId: id("template_id"),
    groupingReason: jsonb("grouping_reason").$type<GroupingReason>(),
    // Ended by its source, not by a person or with its incident.
    selfResolved: boolean("self_resolved").notNull().default(false),
    // When the monitor says it began; createdAt is when we opened it.
    startedAt: instant("started_at").notNull(),
    // The instant that the source stated with its newest trigger; null when it states none.
    lastFiredAt: instant("last_fired_at"),
    lastSeenAt: instant("last_seen_at").notNull(),
    createdAt: instant("created_at").notNull(),
    resolvedAt: instant("resolved_at"),
    isDemo: boolean("is_demo").notNull().default(false),
  },
  (t) => [
    uniqueIndex("alerts_open_key")
      .on(t.integrationId, t.dedupKey)
      .where(sql`${t.status} = 'triggered'`),
    index("alerts_incident_idx").on(t.incidentId, t.createdAt),
    index("alerts_paused_idx")
      .on(t.pausedUntil)
      .where(
        sql`${t.status} = 'triggered' and ${t.incidentId} is null and ${t.pausedUntil} is not null and not ${t.suppressed}`,
      ),
    index("alerts_service_idx").on(t.serviceId, t.createdAt),
    index("alerts_created_idx").on(t.createdAt, t.id),
    index("alerts_key_idx").on(t.integrationId, t.dedupKey, t.createdAt),
    index("alerts_template_idx").on(t.templateId, t.createdAt),
    oneOf("alerts_status_check", t.status, ALERT_STATUSES),
    oneOf("alerts_severity_check", t.severity, SEVERITIES),
    oneOf("alerts_paused_by_check", t.pausedBy, PAUSED_BY),
    check("alerts_paused_check", sql`(${t.pausedUntil} is null) = (${t.pausedBy} is null)`),
    check("alerts_held_check", sql`not ${t.suppressed} or ${t.incidentId} is null`),
    check("alerts_resolved_check", sql`(${t.status} = 'resolved') = (${t.resolvedAt} is not null)`),
  ],
);

export const changeEvents = pgTable(
  "change_events",
  {
    id: id().primaryKey(),
    serviceId: id("service_id")
      .notNull()
      .references(() => services.id, { onDelete: "cascade" }),
    integrationId: id("integration_id").references(() => integrations.id, { onDelete: "set null" }),
    summary: text("summary").notNull(),
    source: text("source"),
    at: instant("at").notNull(),
    receivedAt: instant("received_at").notNull(),
    customDetails: jsonb("custom_details").$type<unknown>(),
    links: jsonb("links").$type<{ href: string; text: string | null }[]>().notNull().default([]),
    images: jsonb("images")
      .$type<{ src: string; href: string | null; alt: string | null }[]>()
      .notNull()
      .default([]),
  },
  (t) => [index("change_events_service_idx").on(t.serviceId, t.at)],
);
