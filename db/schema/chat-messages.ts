import { sql } from "drizzle-orm";
import { index, integer, pgTable, text } from "drizzle-orm/pg-core";
import { id, instant, oneOf } from "#db/schema/columns";
import { incidents } from "#db/schema/incidents";
import { deliveries } from "#db/schema/notifications";
import { INCIDENT_STATUSES } from "#lib/incidents/vocabulary";
import { CHANNELS } from "#lib/notifications/vocabulary";

/** Messages that stand in somebody's chat and are changed in place when their incident is. */
export const chatMessages = pgTable(
  "chat_messages",
  {
    deliveryId: id("delivery_id")
      .primaryKey()
      .references(() => deliveries.id, { onDelete: "cascade" }),
    incidentId: id("incident_id")
      .notNull()
      .references(() => incidents.id, { onDelete: "cascade" }),
    channel: text("channel", { enum: CHANNELS }).notNull(),
    // Where it stands (chat, channel, webhook), and how the provider calls it there.
    address: text("address").notNull(),
    ref: text("ref").notNull(),
    // The status of the incident that it shows.
    shownStatus: text("shown_status", { enum: INCIDENT_STATUSES }).notNull(),
    attempts: integer("attempts").notNull().default(0),
    dueAt: instant("due_at").notNull(),
    at: instant("at").notNull(),
  },
  (t) => [
    // A resolved incident is not shown otherwise again; a reopened one is paged anew.
    index("chat_messages_open_idx")
      .on(t.incidentId)
      .where(sql`${t.shownStatus} <> 'resolved'`),
    oneOf("chat_messages_channel_check", t.channel, CHANNELS),
    oneOf("chat_messages_status_check", t.shownStatus, INCIDENT_STATUSES),
  ],
);
