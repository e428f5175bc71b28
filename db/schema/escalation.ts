import { sql } from "drizzle-orm";
import { boolean, check, index, integer, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import { id, instant, oneOf } from "#db/schema/columns";
import { teams, users } from "#db/schema/people";
import { schedules } from "#db/schema/schedules";
import { HANDOFF_NOTIFICATIONS, TARGET_TYPES } from "#lib/escalation/policy";

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
  },
  (t) => [
    uniqueIndex("escalation_levels_position_key").on(t.policyId, t.position),
    check("escalation_levels_position_check", sql`${t.position} between 1 and 20`),
    check("escalation_levels_delay_check", sql`${t.delayMinutes} between 1 and 1440`),
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
