import { sql } from "drizzle-orm";
import { check, integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { id, instant, oneOf } from "#db/schema/columns";
import { users } from "#db/schema/people";
import { PACK_UNITS } from "#lib/reports/pack-period";

/** What people write about a week, month or quarter. Nothing is overwritten: the highest version holds, one without words takes it back. */
export const periodComments = pgTable(
  "period_comments",
  {
    unit: text("unit", { enum: PACK_UNITS }).notNull(),
    // "2026-Q3", "2026-11", or a week by the day of its Monday.
    period: text("period").notNull(),
    // Which incidents the report is about, as a query; empty: all.
    selection: text("selection").notNull(),
    version: integer("version").notNull(),
    words: text("words"),
    authorId: id("author_id").references(() => users.id, { onDelete: "set null" }),
    authorName: text("author_name").notNull(),
    createdAt: instant("created_at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.unit, t.period, t.selection, t.version] }),
    oneOf("period_comments_unit_check", t.unit, PACK_UNITS),
    check("period_comments_words_check", sql`length(${t.words}) between 1 and 4000`),
  ],
);
