import { sql } from "drizzle-orm";
import { boolean, check, index, integer, jsonb, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import { id, instant, oneOf } from "#db/schema/columns";
import { teams, users } from "#db/schema/people";
import { schedules } from "#db/schema/schedules";
import { HANDOFF_NOTIFICATIONS, STRATEGIES, TARGET_TYPES } from "#lib/escalation/policy";
import type { LevelCondition, NobodyAnsweredSetting } from "#lib/escalation/policy";

export const escalationPolicies = pgTable(
  "escalation_policies",
  {
    id: id().primaryKey(),
    slug: text("slug").notNull(),
    name: text("name").notNull(),
    description: text("description"),
    numLoops: integer("num_loops").notNull().default(0),
    teamId: id("team_id").references(() => teams.id, { onDelete: "set null" }),
    // Who gets an incident when no level has anybody; after them the team's managers, then the catch-all.
    fallbackUserId: id("fallback_user_id").references(() => users.id, { onDelete: "set null" }),
    onCallHandoffNotifications: text("on_call_handoff_notifications", { enum: HANDOFF_NOTIFICATIONS })
      .notNull()
      .default("if_has_services"),
    // What is done at the end; absent keys: nothing.
    nobodyAnswered: jsonb("nobody_answered").$type<Partial<NobodyAnsweredSetting>>().notNull().default({}),
    version: integer("version").notNull().default(1),
    isDemo: boolean("is_demo").notNull().default(false),
    createdAt: instant("created_at").notNull(),
    updatedAt: instant("updated_at").notNull(),
    deletedAt: instant("deleted_at"),
  },
  (t) => [
    uniqueIndex("escalation_policies_name_key")
      .on(sql`lower(${t.name})`)
      .where(sql`${t.deletedAt} is null`),
    uniqueIndex("escalation_policies_slug_key").on(t.slug),
    check("escalation_policies_loops_check", sql`${t.numLoops} between 0 and 9`),
    oneOf("escalation_policies_handoff_check", t.onCallHandoffNotifications, HANDOFF_NOTIFICATIONS),
  ],
);

export const escalationLevels = pgTable(
  "escalation_levels",
  {
    id: id().primaryKey(),
    policyId: id("policy_id")
      .notNull()
      .references(() => escalationPolicies.id, { onDelete: "cascade" }),
    // 1 is told first.
    position: integer("position").notNull(),
    delayMinutes: integer("delay_minutes").notNull(),
    strategy: text("strategy", { enum: STRATEGIES }).notNull().default("everyone"),
    cycleMinutes: integer("cycle_minutes"),
    notifyOnly: boolean("notify_only").notNull().default(false),
    // The hours in which it is used; null: all.
    condition: jsonb("condition").$type<LevelCondition>(),
  },
  (t) => [
    uniqueIndex("escalation_levels_position_key").on(t.policyId, t.position),
    check("escalation_levels_position_check", sql`${t.position} between 1 and 20`),
    check("escalation_levels_delay_check", sql`${t.delayMinutes} between 1 and 1440`),
    oneOf("escalation_levels_strategy_check", t.strategy, STRATEGIES),
    check(
      "escalation_levels_cycle_check",
      sql`(${t.strategy} = 'round_robin_cycle') = (${t.cycleMinutes} is not null) and coalesce(${t.cycleMinutes} between 1 and ${t.delayMinutes} - 1, true)`,
    ),
  ],
);

export const escalationTargets = pgTable(
  "escalation_targets",
  {
    id: id().primaryKey(),
    levelId: id("level_id")
      .notNull()
      .references(() => escalationLevels.id, { onDelete: "cascade" }),
    position: integer("position").notNull(),
    type: text("type", { enum: TARGET_TYPES }).notNull(),
    userId: id("user_id").references(() => users.id, { onDelete: "restrict" }),
    scheduleId: id("schedule_id").references(() => schedules.id, { onDelete: "restrict" }),
  },
  (t) => [
    uniqueIndex("escalation_targets_position_key").on(t.levelId, t.position),
    index("escalation_targets_user_idx").on(t.userId),
    index("escalation_targets_schedule_idx").on(t.scheduleId),
    check(
      "escalation_targets_one_check",
      sql`(${t.type} = 'user' and ${t.userId} is not null and ${t.scheduleId} is null) or (${t.type} = 'schedule' and ${t.scheduleId} is not null and ${t.userId} is null)`,
    ),
  ],
);

/**
 * Whose turn it was last at a level that takes turns. No foreign key to the level: copies of the policy that open incidents keep
 * may name one that is gone, and its turns go on.
 */
export const escalationRings = pgTable(
  "escalation_rings",
  {
    levelId: id("level_id").primaryKey(),
    policyId: id("policy_id")
      .notNull()
      .references(() => escalationPolicies.id, { onDelete: "cascade" }),
    // Null: nobody's yet.
    lastTargetId: id("last_target_id"),
    // Where that one stood, for the day it is taken out of the ring.
    lastIndex: integer("last_index").notNull().default(-1),
  },
  (t) => [index("escalation_rings_policy_idx").on(t.policyId)],
);

/** A time ahead at which a policy would reach nobody, from when it was found until it is closed or over; told once, and a day before. */
export const coverageWarnings = pgTable(
  "coverage_warnings",
  {
    id: id().primaryKey(),
    policyId: id("policy_id")
      .notNull()
      .references(() => escalationPolicies.id, { onDelete: "cascade" }),
    // True: somebody is on call, but can't be reached.
    isUnreachable: boolean("is_unreachable").notNull(),
    startsAt: instant("starts_at").notNull(),
    endsAt: instant("ends_at").notNull(),
    foundAt: instant("found_at").notNull(),
    remindedAt: instant("reminded_at"),
    closedAt: instant("closed_at"),
  },
  (t) => [
    index("coverage_warnings_policy_idx").on(t.policyId, t.startsAt),
    check("coverage_warnings_span_check", sql`${t.startsAt} < ${t.endsAt}`),
  ],
);
