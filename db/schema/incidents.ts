import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  check,
  customType,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from "drizzle-orm/pg-core";
import { id, instant, oneOf } from "#db/schema/columns";
import { users } from "#db/schema/people";
import { services } from "#db/schema/services";
import type { Corrections } from "#lib/incidents/corrections";
import { completePolicy } from "#lib/escalation/policy";
import type { PolicySnapshot, StoredPolicy } from "#lib/escalation/policy";
import {
  ACTOR_TYPES,
  ASSIGNED_VIA,
  CAUSE_CLASSES,
  DETECTION_SOURCES,
  INCIDENT_ORIGINS,
  INCIDENT_STATUSES,
  LOG_ENTRY_CLASSES,
  LOG_ENTRY_TYPES,
  PENDING_ACTION_TYPES,
  URGENCIES,
} from "#lib/incidents/vocabulary";

/** The one place where copies of policies are read: those from an older version get what they lack. */
const policyCopy = customType<{ data: PolicySnapshot; driverData: string }>({
  dataType: () => "jsonb",
  toDriver: (policy) => JSON.stringify(policy),
  // The driver has parsed it; only our own code writes the column.
  fromDriver: (stored: unknown) => completePolicy(stored as StoredPolicy),
});

export const priorities = pgTable(
  "priorities",
  {
    id: id().primaryKey(),
    name: text("name").notNull(),
    description: text("description").notNull(),
    color: text("color").notNull(),
    // 1 is the worst (P1); ranks 1 and 2 are major.
    rank: integer("rank").notNull(),
  },
  (t) => [uniqueIndex("priorities_rank_key").on(t.rank), uniqueIndex("priorities_name_key").on(t.name)],
);

export const incidents = pgTable(
  "incidents",
  {
    id: id().primaryKey(),
    number: integer("number").generatedByDefaultAsIdentity().notNull(),
    title: text("title").notNull(),
    body: text("body"),
    status: text("status", { enum: INCIDENT_STATUSES }).notNull(),
    urgency: text("urgency", { enum: URGENCIES }).notNull(),
    priorityId: id("priority_id").references(() => priorities.id, { onDelete: "set null" }),
    serviceId: id("service_id")
      .notNull()
      .references(() => services.id, { onDelete: "restrict" }),
    incidentKey: text("incident_key"),
    // The policy as it was when the incident took it; not a foreign key, since deleting a policy never touches open work.
    policySnapshot: policyCopy("policy_snapshot").notNull(),
    assignedVia: text("assigned_via", { enum: ASSIGNED_VIA }).notNull().default("escalation_policy"),
    // Level entered last (1-based; 0: none yet) and completed passes over the policy.
    level: integer("level").notNull().default(0),
    loop: integer("loop").notNull().default(0),
    // Turns taken within a level that hands on by itself.
    turn: integer("turn").notNull().default(0),
    // Level id to the target whose turn it was: an incident takes one turn of a ring, however often it comes back.
    ringMembers: jsonb("ring_members").$type<Record<string, string>>().notNull().default({}),
    // Schedules whose on-call people have it, while nobody has acknowledged: a change of shift there concerns it.
    watchedScheduleIds: text("watched_schedule_ids")
      .array()
      .notNull()
      .default(sql`'{}'::text[]`),
    // Policies whose end was reached and acted on since somebody last answered.
    nobodyAnswered: jsonb("nobody_answered").$type<string[]>().notNull().default([]),
    // Raised each time people are (re)assigned: names a step, so that it can never page twice.
    step: integer("step").notNull().default(0),
    // Raised on every state change; a timer of an older generation is void.
    generation: integer("generation").notNull().default(1),
    unassigned: boolean("unassigned").notNull().default(false),
    detectionSource: text("detection_source", { enum: DETECTION_SOURCES }).notNull(),
    origin: text("origin", { enum: INCIDENT_ORIGINS }).notNull(),
    externalId: text("external_id"),
    createdBy: id("created_by").references(() => users.id, { onDelete: "set null" }),
    // Phases; people may correct those that a machine can't know.
    startedAt: instant("started_at").notNull(),
    detectedAt: instant("detected_at").notNull(),
    createdAt: instant("created_at").notNull(),
    acknowledgedAt: instant("acknowledged_at"),
    mitigatedAt: instant("mitigated_at"),
    resolvedAt: instant("resolved_at"),
    snoozedUntil: instant("snoozed_until"),
    lastStatusChangeAt: instant("last_status_change_at").notNull(),
    lastStatusChangeBy: jsonb("last_status_change_by").$type<{
      type: string;
      id: string | null;
      name: string;
    }>(),
    resolution: text("resolution"),
    resolvedVia: text("resolved_via"),
    mergedIntoId: id("merged_into_id"),
    reopenCount: integer("reopen_count").notNull().default(0),
    customerImpact: boolean("customer_impact"),
    impactStartedAt: instant("impact_started_at"),
    impactEndedAt: instant("impact_ended_at"),
    customersAffected: integer("customers_affected"),
    // What part of the product and which piece of it; null: what the service says.
    feature: text("feature"),
    component: text("component"),
    causeClass: text("cause_class", { enum: CAUSE_CLASSES }),
    // Seconds of work, where somebody knows better than the log.
    effortSeconds: integer("effort_seconds"),
    // Instants of the log that people corrected.
    corrections: jsonb("corrections").$type<Corrections>().notNull().default({}),
    updatedAt: instant("updated_at").notNull(),
  },
  (t) => [
    uniqueIndex("incidents_number_key").on(t.number),
    uniqueIndex("incidents_open_key")
      .on(t.serviceId, t.incidentKey)
      .where(sql`${t.status} <> 'resolved' and ${t.incidentKey} is not null and ${t.origin} = 'api'`),
    uniqueIndex("incidents_external_key")
      .on(t.origin, t.externalId)
      .where(sql`${t.externalId} is not null`),
    index("incidents_open_idx")
      .on(t.serviceId, t.createdAt)
      .where(sql`${t.status} <> 'resolved'`),
    index("incidents_corrected_idx")
      .on(t.id)
      .where(sql`${t.corrections} <> '{}'::jsonb`),
    index("incidents_watching_idx")
      .on(t.id)
      .where(sql`${t.watchedScheduleIds} <> '{}'`),
    index("incidents_created_idx").on(t.createdAt, t.id),
    index("incidents_service_idx").on(t.serviceId, t.createdAt),
    foreignKey({
      columns: [t.mergedIntoId],
      foreignColumns: [t.id],
      name: "incidents_merged_into_fk",
    }).onDelete("set null"),
    oneOf("incidents_status_check", t.status, INCIDENT_STATUSES),
    oneOf("incidents_urgency_check", t.urgency, URGENCIES),
    oneOf("incidents_detection_check", t.detectionSource, DETECTION_SOURCES),
    oneOf("incidents_origin_check", t.origin, INCIDENT_ORIGINS),
    oneOf("incidents_cause_check", t.causeClass, CAUSE_CLASSES),
    check("incidents_affected_check", sql`${t.customersAffected} >= 0`),
    check("incidents_effort_check", sql`${t.effortSeconds} >= 0`),
    check("incidents_impact_check", sql`${t.impactEndedAt} >= ${t.impactStartedAt}`),
    check("incidents_title_check", sql`length(${t.title}) between 1 and 1024`),
    check("incidents_resolved_check", sql`(${t.status} = 'resolved') = (${t.resolvedAt} is not null)`),
    check("incidents_snoozed_check", sql`${t.snoozedUntil} is null or ${t.status} = 'acknowledged'`),
  ],
);

/** Who has it now; what was before is in the log entries. */
export const incidentAssignments = pgTable(
  "incident_assignments",
  {
    incidentId: id("incident_id")
      .notNull()
      .references(() => incidents.id, { onDelete: "cascade" }),
    userId: id("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "restrict" }),
    at: instant("at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.incidentId, t.userId] }),
    index("incident_assignments_user_idx").on(t.userId),
  ],
);

export const incidentAcknowledgements = pgTable(
  "incident_acknowledgements",
  {
    incidentId: id("incident_id")
      .notNull()
      .references(() => incidents.id, { onDelete: "cascade" }),
    userId: id("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "restrict" }),
    at: instant("at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.incidentId, t.userId] })],
);

export const logEntries = pgTable(
  "log_entries",
  {
    id: id().primaryKey(),
    incidentId: id("incident_id")
      .notNull()
      .references(() => incidents.id, { onDelete: "cascade" }),
    type: text("type", { enum: LOG_ENTRY_TYPES }).notNull(),
    class: text("class", { enum: LOG_ENTRY_CLASSES }).notNull(),
    at: instant("at").notNull(),
    actorType: text("actor_type", { enum: ACTOR_TYPES }).notNull(),
    actorId: id("actor_id"),
    actorName: text("actor_name").notNull(),
    // website, api, email, push, timeout, auto, import …
    channel: text("channel").notNull(),
    // The person it is about, where it is about one (assigned, notified).
    userId: id("user_id").references(() => users.id, { onDelete: "set null" }),
    note: text("note"),
    data: jsonb("data").$type<Record<string, unknown>>().notNull().default({}),
  },
  (t) => [
    index("log_entries_incident_idx").on(t.incidentId, t.at, t.id),
    index("log_entries_at_idx").on(t.at),
    oneOf("log_entries_type_check", t.type, LOG_ENTRY_TYPES),
    oneOf("log_entries_class_check", t.class, LOG_ENTRY_CLASSES),
  ],
);

/** What will happen by itself, and when. The engine executes it once, if its generation is still the incident's. */
export const pendingActions = pgTable(
  "pending_actions",
  {
    id: bigint("id", { mode: "number" }).generatedAlwaysAsIdentity().primaryKey(),
    incidentId: id("incident_id")
      .notNull()
      .references(() => incidents.id, { onDelete: "cascade" }),
    type: text("type", { enum: PENDING_ACTION_TYPES }).notNull(),
    at: instant("at").notNull(),
    generation: integer("generation").notNull(),
    to: text("to"),
  },
  (t) => [
    uniqueIndex("pending_actions_key").on(t.incidentId, t.type),
    index("pending_actions_due_idx").on(t.at),
    oneOf("pending_actions_type_check", t.type, PENDING_ACTION_TYPES),
  ],
);

/** A coverage gap that was met in earnest: at this instant nobody was on call for a level or a whole policy. */
export const coverageGaps = pgTable(
  "coverage_gaps",
  {
    id: id().primaryKey(),
    incidentId: id("incident_id").references(() => incidents.id, { onDelete: "cascade" }),
    policyId: id("policy_id"),
    level: integer("level"),
    at: instant("at").notNull(),
    because: text("because").notNull(),
  },
  (t) => [index("coverage_gaps_at_idx").on(t.at)],
);
