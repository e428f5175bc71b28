import { sql } from "drizzle-orm";
import { bigint, boolean, index, integer, pgTable, smallint, text } from "drizzle-orm/pg-core";
import { id, instant } from "#db/schema/columns";
import { incidents } from "#db/schema/incidents";

/**
 * One row an incident: what reports read. Recomputed from the incident, its log entries and its pages in the transaction that
 * changes them, so it can be rebuilt at any time. Durations are milliseconds; null: has not happened, or can't be known.
 */
export const incidentFacts = pgTable(
  "incident_facts",
  {
    incidentId: id("incident_id")
      .primaryKey()
      .references(() => incidents.id, { onDelete: "cascade" }),
    number: integer("number").notNull(),
    serviceId: id("service_id").notNull(),
    teamId: id("team_id"),
    policyId: id("policy_id"),
    priorityRank: integer("priority_rank"),
    urgency: text("urgency").notNull(),
    status: text("status").notNull(),
    origin: text("origin").notNull(),
    detectionSource: text("detection_source").notNull(),
    startedAt: instant("started_at").notNull(),
    detectedAt: instant("detected_at").notNull(),
    createdAt: instant("created_at").notNull(),
    resolvedAt: instant("resolved_at"),
    firstPageAt: instant("first_page_at"),
    // First acknowledgement by a person; a machine's does not count.
    firstAckAt: instant("first_ack_at"),
    // First acknowledgement, note or other act of a person on it.
    firstEngagedAt: instant("first_engaged_at"),
    // Last of the people who joined the first one.
    mobilisedAt: instant("mobilised_at"),
    mitigatedAt: instant("mitigated_at"),
    // When customers began and ceased to notice; the start is that of the incident unless somebody says otherwise.
    impactStartedAt: instant("impact_started_at"),
    impactEndedAt: instant("impact_ended_at"),
    customerImpact: boolean("customer_impact"),
    customersAffected: integer("customers_affected"),
    feature: text("feature"),
    component: text("component"),
    causeClass: text("cause_class"),
    tier: smallint("tier").notNull().default(3),
    // It was created while a game day ran.
    gameDay: boolean("game_day").notNull().default(false),
    // First page → first acknowledgement by a person.
    msToAcknowledge: bigint("ms_to_acknowledge", { mode: "number" }),
    // Detection → first engagement.
    msToRespond: bigint("ms_to_respond", { mode: "number" }),
    // Trigger → resolve.
    msToResolve: bigint("ms_to_resolve", { mode: "number" }),
    msToMitigate: bigint("ms_to_mitigate", { mode: "number" }),
    // First engagement → last engagement; null: fewer than two people.
    msToEngage: bigint("ms_to_engage", { mode: "number" }),
    // Trigger → last engagement; null: fewer than two people.
    msToMobilise: bigint("ms_to_mobilise", { mode: "number" }),
    // Sum over people from their first engagement to the resolve; includes snoozed time.
    engagedMs: bigint("engaged_ms", { mode: "number" }),
    effortMs: bigint("effort_ms", { mode: "number" }),
    snoozedMs: bigint("snoozed_ms", { mode: "number" }).notNull(),
    major: boolean("major").notNull(),
    autoResolved: boolean("auto_resolved").notNull(),
    merged: boolean("merged").notNull(),
    // People who acknowledged or joined.
    engagedUserCount: integer("engaged_user_count").notNull(),
    assignmentCount: integer("assignment_count").notNull(),
    acknowledgementCount: integer("acknowledgement_count").notNull(),
    timeoutEscalationCount: integer("timeout_escalation_count").notNull(),
    manualEscalationCount: integer("manual_escalation_count").notNull(),
    reassignmentCount: integer("reassignment_count").notNull(),
    reopenCount: integer("reopen_count").notNull(),
    escalationCount: integer("escalation_count").notNull().default(0),
    interruptionCount: integer("interruption_count").notNull().default(0),
    businessInterruptionCount: integer("business_interruption_count").notNull().default(0),
    offHourInterruptionCount: integer("off_hour_interruption_count").notNull().default(0),
    sleepInterruptionCount: integer("sleep_interruption_count").notNull().default(0),
    notificationCount: integer("notification_count").notNull(),
    alertCount: integer("alert_count").notNull(),
  },
  (t) => [
    index("incident_facts_created_idx").on(t.createdAt),
    index("incident_facts_service_idx").on(t.serviceId, t.createdAt),
    index("incident_facts_team_idx").on(t.teamId, t.createdAt),
    // Which major incidents were open within a span, however long ago they began.
    index("incident_facts_major_span_idx")
      .using(
        "gist",
        sql`tstzrange(${t.createdAt}, greatest(${t.createdAt}, coalesce(${t.resolvedAt}, 'infinity')), '[]')`,
      )
      .where(sql`${t.major}`),
    // When a service was last out, however long ago that began.
    index("incident_facts_outage_idx")
      .on(
        t.serviceId,
        sql`greatest(${t.createdAt}, coalesce(${t.impactEndedAt}, ${t.resolvedAt}, 'infinity'))`,
      )
      .where(sql`not ${t.merged} and (${t.customerImpact} or (${t.customerImpact} is null and ${t.major}))`),
  ],
);
