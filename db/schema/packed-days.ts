import { sql } from "drizzle-orm";
import {
  customType,
  date,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uuid,
} from "drizzle-orm/pg-core";
import { oneOf } from "#db/schema/columns";

/** What days are packed of: facts of incidents by when they were created, for reports and for the analytics interface, and loads by their half hour. */
export const PACKED_KINDS = ["facts", "loads", "metrics"] as const;

const bytes = customType<{ data: Buffer }>({ dataType: () => "bytea" });

/**
 * A UTC day's rows as columns, for reports that read hundreds of thousands of them. A copy that can be thrown away: a day counts only while
 * changed_days has no row of it, whatever is missing here is read from the rows themselves.
 */
export const packedDays = pgTable(
  "packed_days",
  {
    kind: text("kind", { enum: PACKED_KINDS }).notNull(),
    day: date("day").notNull(),
    // Which columns in which order; another one is of another release.
    format: text("format").notNull(),
    // Never the same for two contents, so that processes may keep what they have read.
    version: uuid("version")
      .notNull()
      .default(sql`gen_random_uuid()`),
    count: integer("count").notNull(),
    // Column after column: double precision, then integers, the highest byte first.
    numbers: bytes("numbers").notNull(),
    // The texts that integers stand for, counted from 1, column after column.
    words: jsonb("words").$type<(string | null)[][]>().notNull(),
  },
  (t) => [primaryKey({ columns: [t.kind, t.day] }), oneOf("packed_days_kind_check", t.kind, PACKED_KINDS)],
);

/**
 * A row for each change of a row whose day may be packed, in the same transaction, by triggers. Rows are only added and taken away, never
 * changed, so that no writer waits for another one.
 */
export const changedDays = pgTable(
  "changed_days",
  { kind: text("kind", { enum: PACKED_KINDS }).notNull(), day: date("day").notNull() },
  (t) => [index("changed_days_day_idx").on(t.kind, t.day)],
);
