import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  check,
  doublePrecision,
  index,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from "drizzle-orm/pg-core";
import { id, instant, oneOf } from "#db/schema/columns";
import { incidents } from "#db/schema/incidents";
import type { ServiceLevelTarget } from "#lib/service-levels/policy";
import { SERVICE_LEVEL_CALENDARS, SERVICE_LEVEL_METRICS } from "#lib/service-levels/vocabulary";

/** What is promised about incidents, and how often it must be kept. */
export const serviceLevelPolicies = pgTable(
  "service_level_policies",
  {
    id: id().primaryKey(),
    name: text("name").notNull(),
    metric: text("metric", { enum: SERVICE_LEVEL_METRICS }).notNull(),
    calendar: text("calendar", { enum: SERVICE_LEVEL_CALENDARS }).notNull(),
    pausesWhileSnoozed: boolean("pauses_while_snoozed").notNull(),
    targets: jsonb("targets").$type<ServiceLevelTarget[]>().notNull(),
    // Per cent of incidents for which it must be kept.
    goalPercent: doublePrecision("goal_percent").notNull(),
    // Incidents created before were promised nothing.
    effectiveFrom: instant("effective_from").notNull(),
    // The last incident that was measured anew after a change; null: all are.
    restatedAfter: text("restated_after"),
    isDemo: boolean("is_demo").notNull().default(false),
    createdAt: instant("created_at").notNull(),
    updatedAt: instant("updated_at").notNull(),
    deletedAt: instant("deleted_at"),
  },
  (t) => [
    uniqueIndex("service_level_policies_name_key")
      .on(sql`lower(${t.name})`)
      .where(sql`${t.deletedAt} is null`),
    oneOf("service_level_policies_metric_check", t.metric, SERVICE_LEVEL_METRICS),
    oneOf("service_level_policies_calendar_check", t.calendar, SERVICE_LEVEL_CALENDARS),
    check("service_level_policies_goal_check", sql`${t.goalPercent} > 0 and ${t.goalPercent} <= 100`),
    check("service_level_policies_name_check", sql`length(${t.name}) between 1 and 100`),
  ],
);

/** How each promise applies to each incident: kept with its facts, in the same transaction. */
export const incidentServiceLevels = pgTable(
  "incident_service_levels",
  {
    incidentId: id("incident_id")
      .notNull()
      .references(() => incidents.id, { onDelete: "cascade" }),
    policyId: id("policy_id")
      .notNull()
      .references(() => serviceLevelPolicies.id, { onDelete: "cascade" }),
    createdAt: instant("created_at").notNull(),
    targetMs: bigint("target_ms", { mode: "number" }).notNull(),
    startedAt: instant("started_at").notNull(),
    atRiskAt: instant("at_risk_at"),
    // Null: it stands still.
    dueAt: instant("due_at"),
    endedAt: instant("ended_at"),
    reached: boolean("reached").notNull(),
    // People were told that it is at risk.
    noticedAt: instant("noticed_at"),
  },
  (t) => [
    primaryKey({ columns: [t.incidentId, t.policyId] }),
    index("incident_service_levels_policy_idx").on(t.policyId, t.createdAt),
    index("incident_service_levels_risk_idx")
      .on(t.atRiskAt)
      .where(sql`${t.endedAt} is null and ${t.noticedAt} is null`),
  ],
);
