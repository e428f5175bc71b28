import { sql } from "drizzle-orm";
import { bigint, check, index, integer, jsonb, pgTable, text } from "drizzle-orm/pg-core";
import { id, instant } from "#db/schema/columns";
import { users } from "#db/schema/people";

/** Calendars of others that layers take their people from. */
export const calendars = pgTable(
  "calendars",
  {
    id: id().primaryKey(),
    name: text("name").notNull(),
    // Who knows the address can read the calendar: encrypted. Null: the calendar came as a file.
    url: text("url"),
    host: text("host"),
    // The last calendar that could be read.
    content: text("content"),
    readAt: instant("read_at"),
    checkedAt: instant("checked_at"),
    error: text("error"),
    // Since when it can't be read.
    failingSince: instant("failing_since"),
    warnings: jsonb("warnings").$type<string[]>().notNull().default([]),
    // When to look again.
    dueAt: instant("due_at").notNull(),
    createdBy: id("created_by").references(() => users.id, { onDelete: "set null" }),
    createdAt: instant("created_at").notNull(),
  },
  (t) => [
    index("calendars_due_idx").on(t.dueAt),
    check("calendars_name_check", sql`length(${t.name}) between 1 and 255`),
    check("calendars_source_check", sql`(${t.url} is null) = (${t.host} is null)`),
  ],
);

/** The events of a calendar written out, one row for each person of each; what is past stays as it was. */
export const calendarSpans = pgTable(
  "calendar_spans",
  {
    id: bigint("id", { mode: "number" }).generatedAlwaysAsIdentity().primaryKey(),
    calendarId: id("calendar_id")
      .notNull()
      .references(() => calendars.id, { onDelete: "cascade" }),
    startsAt: instant("starts_at").notNull(),
    endsAt: instant("ends_at").notNull(),
    // Who it is here; null: nobody is known by that name.
    userId: id("user_id").references(() => users.id, { onDelete: "restrict" }),
    label: text("label").notNull(),
    priority: integer("priority").notNull(),
  },
  (t) => [
    index("calendar_spans_span_idx").on(t.calendarId, t.endsAt),
    index("calendar_spans_user_idx").on(t.userId),
    check("calendar_spans_span_check", sql`${t.endsAt} > ${t.startsAt}`),
  ],
);
