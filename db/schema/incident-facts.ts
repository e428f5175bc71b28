import { bigint, boolean, index, integer, pgTable, text } from "drizzle-orm/pg-core";
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
    mitigatedAt: instant("mitigated_at"),
    // First page → first acknowledgement by a person.
    msToAcknowledge: bigint("ms_to_acknowledge", { mode: "number" }),
    // Detection → first engagement.
    msToRespond: bigint("ms_to_respond", { mode: "number" }),
    // Trigger → resolve.
    msToResolve: bigint("ms_to_resolve", { mode: "number" }),
    msToMitigate: bigint("ms_to_mitigate", { mode: "number" }),
    snoozedMs: bigint("snoozed_ms", { mode: "number" }).notNull(),
    major: boolean("major").notNull(),
    autoResolved: boolean("auto_resolved").notNull(),
    merged: boolean("merged").notNull(),
    engagedUserCount: integer("engaged_user_count").notNull(),
    assignmentCount: integer("assignment_count").notNull(),
    acknowledgementCount: integer("acknowledgement_count").notNull(),
    timeoutEscalationCount: integer("timeout_escalation_count").notNull(),
    manualEscalationCount: integer("manual_escalation_count").notNull(),
    reassignmentCount: integer("reassignment_count").notNull(),
    reopenCount: integer("reopen_count").notNull(),
    notificationCount: integer("notification_count").notNull(),
    alertCount: integer("alert_count").notNull(),
  },
  (t) => [
    index("incident_facts_created_idx").on(t.createdAt),
    index("incident_facts_service_idx").on(t.serviceId, t.createdAt),
    index("incident_facts_team_idx").on(t.teamId, t.createdAt),
  ],
);
