import { sql } from "drizzle-orm";
import { check, index, integer, pgTable, primaryKey, uniqueIndex } from "drizzle-orm/pg-core";
import { id, instant } from "#db/schema/columns";
import { users } from "#db/schema/people";
import { schedules } from "#db/schema/schedules";

/** Secret calendar addresses: each person's own, of their shifts (no schedule) or of one schedule. */
export const calendarFeeds = pgTable(
  "calendar_feeds",
  {
    id: id().primaryKey(),
    userId: id("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    scheduleId: id("schedule_id").references(() => schedules.id, { onDelete: "cascade" }),
    // Part of the address: raising it ends the address before.
    version: integer("version").notNull().default(1),
    createdAt: instant("created_at").notNull(),
    rotatedAt: instant("rotated_at"),
    lastReadAt: instant("last_read_at"),
  },
  (t) => [
    uniqueIndex("calendar_feeds_key").on(t.userId, sql`coalesce(${t.scheduleId}, '')`),
    index("calendar_feeds_schedule_idx").on(t.scheduleId),
    check("calendar_feeds_version_check", sql`${t.version} >= 1`),
  ],
);

/** Shifts as calendars were last given them, so that a calendar sees what is new, changed and called off. */
export const publishedShifts = pgTable(
  "published_shifts",
  {
    scheduleId: id("schedule_id")
      .notNull()
      .references(() => schedules.id, { onDelete: "cascade" }),
    userId: id("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    startsAt: instant("starts_at").notNull(),
    // Null: without end.
    endsAt: instant("ends_at"),
    sequence: integer("sequence").notNull().default(0),
    modifiedAt: instant("modified_at").notNull(),
    cancelledAt: instant("cancelled_at"),
  },
  (t) => [
    primaryKey({ columns: [t.scheduleId, t.userId, t.startsAt] }),
    index("published_shifts_user_idx").on(t.userId),
    check("published_shifts_span_check", sql`${t.endsAt} is null or ${t.endsAt} > ${t.startsAt}`),
  ],
);
