import { sql } from "drizzle-orm";
import { boolean, check, index, pgTable, text } from "drizzle-orm/pg-core";
import { id, instant, oneOf } from "#db/schema/columns";
import { GAME_LOADS } from "#lib/reports/game-day";

/** When much more is going on than usual, known in advance: what reports compare like with like by. */
export const gameDays = pgTable(
  "game_days",
  {
    id: id().primaryKey(),
    name: text("name").notNull(),
    // How much more is expected.
    load: text("load", { enum: GAME_LOADS }).notNull(),
    startsAt: instant("starts_at").notNull(),
    endsAt: instant("ends_at").notNull(),
    isDemo: boolean("is_demo").notNull().default(false),
    createdAt: instant("created_at").notNull(),
  },
  (t) => [
    index("game_days_starts_idx").on(t.startsAt),
    oneOf("game_days_load_check", t.load, GAME_LOADS),
    check("game_days_span_check", sql`${t.endsAt} > ${t.startsAt}`),
    check("game_days_name_check", sql`length(${t.name}) between 1 and 100`),
  ],
);
