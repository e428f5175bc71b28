import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
} from "drizzle-orm/pg-core";
import { calendars } from "#db/schema/calendars";
import { id, instant } from "#db/schema/columns";
import { teams, users } from "#db/schema/people";
import type { LayerRestriction, LayerRotation } from "#lib/on-call/schedule";

export const schedules = pgTable(
  "schedules",
  {
    id: id().primaryKey(),
    slug: text("slug").notNull(),
    name: text("name").notNull(),
    description: text("description"),
    timeZone: text("time_zone").notNull(),
    teamId: id("team_id").references(() => teams.id, { onDelete: "set null" }),
    // The number of the version in force; an editor that publishes on another number is refused.
    version: integer("version").notNull().default(1),
    isDemo: boolean("is_demo").notNull().default(false),
    createdAt: instant("created_at").notNull(),
    updatedAt: instant("updated_at").notNull(),
    deletedAt: instant("deleted_at"),
  },
  (t) => [
    uniqueIndex("schedules_slug_key").on(t.slug),
    index("schedules_team_idx").on(t.teamId),
    check("schedules_name_check", sql`length(${t.name}) between 1 and 255`),
  ],
);

/** History is immutable: an edit closes the open version and starts the next. */
export const scheduleVersions = pgTable(
  "schedule_versions",
  {
    id: id().primaryKey(),
    scheduleId: id("schedule_id")
      .notNull()
      .references(() => schedules.id, { onDelete: "cascade" }),
    version: integer("version").notNull(),
    timeZone: text("time_zone").notNull(),
    // Times declared to need nobody: no gaps in what is in force.
    offDuty: jsonb("off_duty").$type<LayerRestriction[]>().notNull().default([]),
    effectiveFrom: instant("effective_from").notNull(),
    effectiveTo: instant("effective_to"),
    publishedBy: id("published_by").references(() => users.id, { onDelete: "set null" }),
    createdAt: instant("created_at").notNull(),
  },
  (t) => [
    uniqueIndex("schedule_versions_key").on(t.scheduleId, t.version),
    uniqueIndex("schedule_versions_open_key")
      .on(t.scheduleId)
      .where(sql`${t.effectiveTo} is null`),
    check(
      "schedule_versions_span_check",
      sql`${t.effectiveTo} is null or ${t.effectiveTo} >= ${t.effectiveFrom}`,
    ),
  ],
);

export const scheduleLayers = pgTable(
  "schedule_layers",
  {
    id: id().primaryKey(),
    versionId: id("version_id")
      .notNull()
      .references(() => scheduleVersions.id, { onDelete: "cascade" }),
    // Names the same layer across versions.
    layerId: id("layer_id").notNull(),
    position: integer("position").notNull(),
    name: text("name").notNull(),
    startsAt: instant("starts_at").notNull(),
    endsAt: instant("ends_at"),
    rotation: jsonb("rotation").$type<LayerRotation>().notNull(),
    restrictions: jsonb("restrictions").$type<LayerRestriction[]>().notNull().default([]),
    // As the restrictions, but on each member's own clocks.
    ownHours: jsonb("own_hours").$type<LayerRestriction[]>().notNull().default([]),
    together: boolean("together").notNull().default(false),
    // Set: whom the calendar names is on call, instead of turns.
    calendarId: id("calendar_id").references(() => calendars.id, { onDelete: "restrict" }),
    // Turns that nobody has leave no rows behind, so their number is kept.
    turnCount: integer("turn_count").notNull(),
  },
  (t) => [
    uniqueIndex("schedule_layers_position_key").on(t.versionId, t.position),
    uniqueIndex("schedule_layers_layer_key").on(t.versionId, t.layerId),
    unique("schedule_layers_turn_count_key").on(t.id, t.turnCount),
    index("schedule_layers_calendar_idx")
      .on(t.calendarId)
      .where(sql`${t.calendarId} is not null`),
    check("schedule_layers_turn_count_check", sql`${t.turnCount} >= 0`),
    check("schedule_layers_calendar_check", sql`${t.calendarId} is null or ${t.turnCount} = 0`),
    check("schedule_layers_span_check", sql`${t.endsAt} is null or ${t.endsAt} >= ${t.startsAt}`),
  ],
);

export const scheduleLayerMembers = pgTable(
  "schedule_layer_members",
  {
    layerRowId: id("layer_row_id").notNull(),
    turn: integer("turn").notNull(),
    // The layer's own, repeated so that the database can hold `turn` to it.
    turnCount: integer("turn_count").notNull(),
    position: integer("position").notNull(),
    // People are deactivated, never deleted while a schedule's history names them.
    userId: id("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "restrict" }),
  },
  (t) => [
    primaryKey({ columns: [t.layerRowId, t.turn, t.position] }),
    foreignKey({
      name: "schedule_layer_members_layer_fk",
      columns: [t.layerRowId, t.turnCount],
      foreignColumns: [scheduleLayers.id, scheduleLayers.turnCount],
    }).onDelete("cascade"),
    index("schedule_layer_members_user_idx").on(t.userId),
    check("schedule_layer_members_turn_check", sql`${t.turn} >= 0 and ${t.turn} < ${t.turnCount}`),
  ],
);

export const scheduleOverrides = pgTable(
  "schedule_overrides",
  {
    id: id().primaryKey(),
    scheduleId: id("schedule_id")
      .notNull()
      .references(() => schedules.id, { onDelete: "cascade" }),
    userId: id("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "restrict" }),
    // Set: this person's shifts are taken over. Null: the whole slot is.
    replacesUserId: id("replaces_user_id").references(() => users.id, { onDelete: "restrict" }),
    startsAt: instant("starts_at").notNull(),
    endsAt: instant("ends_at").notNull(),
    createdBy: id("created_by").references(() => users.id, { onDelete: "set null" }),
    createdAt: instant("created_at").notNull(),
    removedAt: instant("removed_at"),
    // Set: it came of a cover request.
    coverRequestId: id("cover_request_id"),
  },
  (t) => [
    index("schedule_overrides_span_idx")
      .on(t.scheduleId, t.endsAt)
      .where(sql`${t.removedAt} is null`),
    index("schedule_overrides_user_idx").on(t.userId),
    index("schedule_overrides_cover_idx")
      .on(t.coverRequestId)
      .where(sql`${t.coverRequestId} is not null`),
    check("schedule_overrides_span_check", sql`${t.endsAt} > ${t.startsAt}`),
  ],
);
