import { sql } from "drizzle-orm";
import { boolean, check, index, integer, pgTable, text } from "drizzle-orm/pg-core";
import { id, instant, oneOf } from "#db/schema/columns";
import { integrations } from "#db/schema/services";
import { SEVERITIES } from "#lib/alerts/vocabulary";
import { LONGEST_PERIOD_SECONDS, SHORTEST_PERIOD_SECONDS } from "#lib/heartbeats/heartbeat";

/** What is expected to report in, by the key of its integration. `due_at` null: it never did, so nothing is missed yet. */
export const heartbeats = pgTable(
  "heartbeats",
  {
    integrationId: id("integration_id")
      .primaryKey()
      .references(() => integrations.id, { onDelete: "cascade" }),
    everySeconds: integer("every_seconds").notNull(),
    graceSeconds: integer("grace_seconds").notNull(),
    severity: text("severity", { enum: SEVERITIES }).notNull(),
    lastBeatAt: instant("last_beat_at"),
    // When the engine looks next: when it will be late, or, while it is, when that is told once more.
    dueAt: instant("due_at"),
    isLate: boolean("is_late").notNull().default(false),
  },
  (t) => [
    index("heartbeats_due_idx").on(t.dueAt),
    oneOf("heartbeats_severity_check", t.severity, SEVERITIES),
    check(
      "heartbeats_period_check",
      sql`${t.everySeconds} between ${sql.raw(String(SHORTEST_PERIOD_SECONDS))} and ${sql.raw(String(LONGEST_PERIOD_SECONDS))} and ${t.graceSeconds} between 0 and ${sql.raw(String(LONGEST_PERIOD_SECONDS))}`,
    ),
    check("heartbeats_late_check", sql`not ${t.isLate} or ${t.dueAt} is not null`),
  ],
);
