import { sql } from "drizzle-orm";
import { check, index, integer, pgTable, text, unique, uniqueIndex } from "drizzle-orm/pg-core";
import { id, instant } from "#db/schema/columns";
import { users } from "#db/schema/people";

/** A person's own calendar of absences, read again and again from its secret address. */
export const timeOffCalendars = pgTable(
  "time_off_calendars",
  {
    id: id().primaryKey(),
    userId: id("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    // The address is a credential: encrypted, and shown by its host only.
    encryptedUrl: text("encrypted_url").notNull(),
    host: text("host").notNull(),
    createdAt: instant("created_at").notNull(),
    dueAt: instant("due_at").notNull(),
    // The last good answer; what it said stays until the next good one.
    readAt: instant("read_at"),
    error: text("error"),
    failures: integer("failures").notNull().default(0),
  },
  (t) => [
    uniqueIndex("time_off_calendars_user_key").on(t.userId),
    unique("time_off_calendars_owner_key").on(t.id, t.userId),
    index("time_off_calendars_due_idx").on(t.dueAt),
    check("time_off_calendars_failures_check", sql`(${t.failures} = 0) = (${t.error} is null)`),
  ],
);

/** When a person is away. It raises conflicts with their shifts and takes nobody off duty by itself. */
export const timeOff = pgTable(
  "time_off",
  {
    id: id().primaryKey(),
    userId: id("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    // Null: entered by hand.
    calendarId: id("calendar_id").references(() => timeOffCalendars.id, { onDelete: "cascade" }),
    startsAt: instant("starts_at").notNull(),
    endsAt: instant("ends_at").notNull(),
    note: text("note"),
    createdAt: instant("created_at").notNull(),
  },
  (t) => [
    index("time_off_user_idx").on(t.userId, t.endsAt),
    index("time_off_calendar_idx").on(t.calendarId),
    check("time_off_span_check", sql`${t.endsAt} > ${t.startsAt}`),
    check("time_off_note_check", sql`length(${t.note}) <= 255`),
  ],
);
