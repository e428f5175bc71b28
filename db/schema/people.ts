import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from "drizzle-orm/pg-core";
import { id, instant, oneOf } from "#db/schema/columns";
import { URGENCIES } from "#lib/incidents/vocabulary";
import type { LowUrgencyHours } from "#lib/notifications/low-urgency-hours";
import { CHANNELS, HANDOFF_TYPES, RULE_KINDS } from "#lib/notifications/vocabulary";
import { ROLES, TEAM_ROLES } from "#lib/people/roles";

export const users = pgTable(
  "users",
  {
    id: id().primaryKey(),
    name: text("name").notNull(),
    email: text("email").notNull(),
    passwordHash: text("password_hash"),
    role: text("role", { enum: ROLES }).notNull(),
    jobTitle: text("job_title"),
    description: text("description"),
    timeZone: text("time_zone").notNull().default("Etc/UTC"),
    preferences: jsonb("preferences").$type<Record<string, string>>().notNull().default({}),
    // When what can wait may be sent; null: at any time.
    lowUrgencyHours: jsonb("low_urgency_hours").$type<LowUrgencyHours>(),
    // Whether to test every week that pages reach this person.
    selfTest: boolean("self_test").notNull().default(false),
    // Raising it ends every session of this person at once.
    sessionVersion: integer("session_version").notNull().default(1),
    createdViaSso: boolean("created_via_sso").notNull().default(false),
    isDemo: boolean("is_demo").notNull().default(false),
    lastSignInAt: instant("last_sign_in_at"),
    deactivatedAt: instant("deactivated_at"),
    createdAt: instant("created_at").notNull(),
    updatedAt: instant("updated_at").notNull(),
  },
  (t) => [
    uniqueIndex("users_email_key").on(sql`lower(${t.email})`),
    oneOf("users_role_check", t.role, ROLES),
    check("users_email_check", sql`${t.email} like '%_@_%' and length(${t.email}) <= 254`),
    check("users_name_check", sql`length(${t.name}) between 1 and 100`),
  ],
);

export const teams = pgTable(
  "teams",
  {
    id: id().primaryKey(),
    name: text("name").notNull(),
    slug: text("slug").notNull(),
    description: text("description"),
    isDemo: boolean("is_demo").notNull().default(false),
    createdAt: instant("created_at").notNull(),
    updatedAt: instant("updated_at").notNull(),
  },
  (t) => [
    uniqueIndex("teams_name_key").on(sql`lower(${t.name})`),
    uniqueIndex("teams_slug_key").on(t.slug),
    check("teams_name_check", sql`length(${t.name}) between 1 and 100`),
  ],
);

export const teamMembers = pgTable(
  "team_members",
  {
    teamId: id("team_id")
      .notNull()
      .references(() => teams.id, { onDelete: "cascade" }),
    userId: id("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    role: text("role", { enum: TEAM_ROLES }).notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.teamId, t.userId] }),
    index("team_members_user_idx").on(t.userId),
    oneOf("team_members_role_check", t.role, TEAM_ROLES),
  ],
);

export const contactMethods = pgTable(
  "contact_methods",
  {
    id: id().primaryKey(),
    userId: id("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    channel: text("channel", { enum: CHANNELS }).notNull(),
    label: text("label").notNull(),
    // E-mail address, push endpoint, webhook URL or phone number.
    address: text("address").notNull(),
    // What the channel needs beside the address (push keys, signing secret), encrypted.
    secret: text("secret"),
    countryCode: integer("country_code"),
    enabled: boolean("enabled").notNull().default(true),
    verifiedAt: instant("verified_at"),
    // The person answered STOP: nothing is sent there until they answer START.
    optedOutAt: instant("opted_out_at"),
    lastDeliveredAt: instant("last_delivered_at"),
    lastFailedAt: instant("last_failed_at"),
    lastError: text("last_error"),
    createdAt: instant("created_at").notNull(),
  },
  (t) => [
    uniqueIndex("contact_methods_address_key").on(
      t.userId,
      t.channel,
      t.address,
      sql`coalesce(${t.countryCode}, 0)`,
    ),
    oneOf("contact_methods_channel_check", t.channel, CHANNELS),
  ],
);

export const notificationRules = pgTable(
  "notification_rules",
  {
    id: id().primaryKey(),
    userId: id("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    contactMethodId: id("contact_method_id")
      .notNull()
      .references(() => contactMethods.id, { onDelete: "cascade" }),
    kind: text("kind", { enum: RULE_KINDS }).notNull().default("assigned"),
    // Of assigned incidents only.
    urgency: text("urgency", { enum: URGENCIES }),
    delayMinutes: integer("delay_minutes").notNull(),
    // Of hand-offs only: how long before the shift begins or ends.
    advanceMinutes: integer("advance_minutes"),
    handoffType: text("handoff_type", { enum: HANDOFF_TYPES }),
    createdAt: instant("created_at").notNull(),
  },
  (t) => [
    uniqueIndex("notification_rules_key").on(
      t.userId,
      t.kind,
      sql`coalesce(${t.urgency}, '')`,
      t.contactMethodId,
      t.delayMinutes,
      sql`coalesce(${t.advanceMinutes}, -1)`,
      sql`coalesce(${t.handoffType}, '')`,
    ),
    index("notification_rules_method_idx").on(t.contactMethodId),
    oneOf("notification_rules_urgency_check", t.urgency, URGENCIES),
    oneOf("notification_rules_kind_check", t.kind, RULE_KINDS),
    oneOf("notification_rules_handoff_check", t.handoffType, HANDOFF_TYPES),
    check("notification_rules_delay_check", sql`${t.delayMinutes} between 0 and 1440`),
    check("notification_rules_assigned_check", sql`(${t.kind} = 'assigned') = (${t.urgency} is not null)`),
    check(
      "notification_rules_advance_check",
      sql`(${t.kind} = 'handoff') = (${t.handoffType} is not null) and (${t.kind} = 'handoff') = (${t.advanceMinutes} is not null) and coalesce(${t.advanceMinutes}, 0) between 0 and 2880`,
    ),
  ],
);

/** Sessions that were signed out before they ended by themselves: their cookie is good for nothing any more, whoever kept a copy. */
export const endedSessions = pgTable(
  "ended_sessions",
  {
    // The session's own id, which its cookie carries from the sign-in on.
    id: text("id").primaryKey(),
    // By then the cookie has ended by itself.
    until: instant("until").notNull(),
  },
  (t) => [index("ended_sessions_until_idx").on(t.until)],
);
