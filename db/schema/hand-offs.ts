import { sql } from "drizzle-orm";
import { check, jsonb, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { id, instant } from "#db/schema/columns";
import { users } from "#db/schema/people";
import { schedules } from "#db/schema/schedules";

/** What people of a schedule were last told of their coming shifts: against this a change is a change. */
export const scheduleOutlooks = pgTable("schedule_outlooks", {
  scheduleId: id("schedule_id")
    .primaryKey()
    .references(() => schedules.id, { onDelete: "cascade" }),
  comparedAt: instant("compared_at").notNull(),
  // How far ahead the spans go.
  knownUntil: instant("known_until").notNull(),
  // Epoch milliseconds by person.
  spans: jsonb("spans").$type<Record<string, [start: number, end: number][]>>().notNull(),
});

/** What the outgoing leave to the incoming at one hand-off of a schedule. */
export const shiftHandOffs = pgTable(
  "shift_hand_offs",
  {
    scheduleId: id("schedule_id")
      .notNull()
      .references(() => schedules.id, { onDelete: "cascade" }),
    at: instant("at").notNull(),
    watchOuts: text("watch_outs").notNull(),
    writtenBy: id("written_by").references(() => users.id, { onDelete: "set null" }),
    writtenAt: instant("written_at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.scheduleId, t.at] }),
    check("shift_hand_offs_watch_outs_check", sql`length(${t.watchOuts}) <= 10000`),
  ],
);

/** Who said that they have taken over. */
export const shiftAcceptances = pgTable(
  "shift_acceptances",
  {
    scheduleId: id("schedule_id")
      .notNull()
      .references(() => schedules.id, { onDelete: "cascade" }),
    at: instant("at").notNull(),
    userId: id("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    acceptedAt: instant("accepted_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.scheduleId, t.at, t.userId] })],
);
