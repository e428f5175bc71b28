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
import { users } from "#db/schema/people";
import type { Cadence } from "#lib/reports/cadence";
import type { ReportDocument } from "#lib/reports/document";
import { DOCUMENT_REPORTS, SEND_STATES } from "#lib/reports/sharing";

/** A list or report with its filters under a name; personal, or everybody's. */
export const savedViews = pgTable(
  "saved_views",
  {
    id: id().primaryKey(),
    userId: id("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    name: text("name").notNull(),
    // "/incidents" or a report's, and its query without the question mark.
    path: text("path").notNull(),
    query: text("query").notNull(),
    shared: boolean("shared").notNull(),
    createdAt: instant("created_at").notNull(),
  },
  (t) => [
    uniqueIndex("saved_views_name_key").on(t.userId, sql`lower(${t.name})`),
    check("saved_views_name_check", sql`length(${t.name}) between 1 and 100`),
  ],
);

/** A report that goes out by mail by itself, as its owner sees it. */
export const reportSchedules = pgTable(
  "report_schedules",
  {
    id: id().primaryKey(),
    userId: id("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    name: text("name").notNull(),
    report: text("report", { enum: DOCUMENT_REPORTS }).notNull(),
    query: text("query").notNull(),
    recipients: text("recipients").array().notNull(),
    cadence: jsonb("cadence").$type<Cadence>().notNull(),
    nextAt: instant("next_at").notNull(),
    createdAt: instant("created_at").notNull(),
  },
  (t) => [
    index("report_schedules_next_idx").on(t.nextAt),
    oneOf("report_schedules_report_check", t.report, DOCUMENT_REPORTS),
    check("report_schedules_recipients_check", sql`cardinality(${t.recipients}) between 1 and 20`),
  ],
);

/** One mail of a schedule's due instant to one address. The key is what makes a second one impossible. */
export const reportSends = pgTable(
  "report_sends",
  {
    scheduleId: id("schedule_id")
      .notNull()
      .references(() => reportSchedules.id, { onDelete: "cascade" }),
    dueAt: instant("due_at").notNull(),
    recipient: text("recipient").notNull(),
    snapshotId: id("snapshot_id").notNull(),
    state: text("state", { enum: SEND_STATES }).notNull(),
    attempts: integer("attempts").notNull().default(0),
    // To send, or to try again; while it is being sent: until another engine may.
    tryAt: instant("try_at").notNull(),
    detail: text("detail"),
    endedAt: instant("ended_at"),
  },
  (t) => [
    primaryKey({ columns: [t.scheduleId, t.dueAt, t.recipient] }),
    index("report_sends_try_idx")
      .on(t.tryAt)
      .where(sql`${t.state} = 'queued'`),
    oneOf("report_sends_state_check", t.state, SEND_STATES),
  ],
);

/** A report as it was at an instant, for whoever has its address: read only, until it expires or is revoked. */
export const reportSnapshots = pgTable(
  "report_snapshots",
  {
    id: id().primaryKey(),
    userId: id("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    document: jsonb("document").$type<ReportDocument>().notNull(),
    // Where it came from, to look again.
    path: text("path").notNull(),
    createdAt: instant("created_at").notNull(),
    expiresAt: instant("expires_at").notNull(),
    revokedAt: instant("revoked_at"),
  },
  (t) => [index("report_snapshots_expires_idx").on(t.expiresAt)],
);
