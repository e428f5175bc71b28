import { sql } from "drizzle-orm";
import { check, index, integer, jsonb, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import { id, instant, oneOf } from "#db/schema/columns";
import { incidents } from "#db/schema/incidents";
import { users } from "#db/schema/people";
import type { PolicySnapshot } from "#lib/escalation/policy";
import { REQUEST_TARGET_STATES, RESPONDER_STATES } from "#lib/incidents/responder-request";

/** Somebody asks people or a policy to join an incident. */
export const responderRequests = pgTable(
  "responder_requests",
  {
    id: id().primaryKey(),
    incidentId: id("incident_id")
      .notNull()
      .references(() => incidents.id, { onDelete: "cascade" }),
    // Null: the person who asked is gone.
    requesterId: id("requester_id").references(() => users.id, { onDelete: "set null" }),
    requesterName: text("requester_name").notNull(),
    message: text("message").notNull(),
    createdAt: instant("created_at").notNull(),
    cancelledAt: instant("cancelled_at"),
  },
  (t) => [
    index("responder_requests_incident_idx").on(t.incidentId, t.createdAt),
    check("responder_requests_message_check", sql`length(${t.message}) <= 1000`),
  ],
);

/** One person or policy that is asked. A policy is asked level by level until somebody joins. */
export const responderRequestTargets = pgTable(
  "responder_request_targets",
  {
    id: id().primaryKey(),
    requestId: id("request_id")
      .notNull()
      .references(() => responderRequests.id, { onDelete: "cascade" }),
    userId: id("user_id").references(() => users.id, { onDelete: "cascade" }),
    policySnapshot: jsonb("policy_snapshot").$type<PolicySnapshot>(),
    state: text("state", { enum: REQUEST_TARGET_STATES }).notNull(),
    // As of an incident: the level asked last and the completed passes.
    level: integer("level").notNull().default(0),
    loop: integer("loop").notNull().default(0),
    // When the next level is asked; null: nothing more happens by itself.
    nextAt: instant("next_at"),
  },
  (t) => [
    index("responder_request_targets_request_idx").on(t.requestId),
    index("responder_request_targets_due_idx")
      .on(t.nextAt)
      .where(sql`${t.nextAt} is not null`),
    oneOf("responder_request_targets_state_check", t.state, REQUEST_TARGET_STATES),
    check(
      "responder_request_targets_either_check",
      sql`(${t.userId} is null) <> (${t.policySnapshot} is null)`,
    ),
    check("responder_request_targets_next_check", sql`${t.nextAt} is null or ${t.state} = 'asking'`),
  ],
);

/** One person who was asked, and what they answered. */
export const incidentResponders = pgTable(
  "incident_responders",
  {
    id: id().primaryKey(),
    targetId: id("target_id")
      .notNull()
      .references(() => responderRequestTargets.id, { onDelete: "cascade" }),
    incidentId: id("incident_id")
      .notNull()
      .references(() => incidents.id, { onDelete: "cascade" }),
    userId: id("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "restrict" }),
    state: text("state", { enum: RESPONDER_STATES }).notNull(),
    askedAt: instant("asked_at").notNull(),
    answeredAt: instant("answered_at"),
  },
  (t) => [
    uniqueIndex("incident_responders_key").on(t.targetId, t.userId),
    index("incident_responders_incident_idx").on(t.incidentId, t.userId),
    oneOf("incident_responders_state_check", t.state, RESPONDER_STATES),
    check("incident_responders_answered_check", sql`(${t.state} = 'pending') = (${t.answeredAt} is null)`),
  ],
);
