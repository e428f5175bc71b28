import { sql } from "drizzle-orm";
import { check, index, jsonb, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import { id, instant } from "#db/schema/columns";
import { integrations } from "#db/schema/services";
import type { MailSettings } from "#lib/mail-in/mail-rules";

/** Integrations that take mail, and how it becomes events. */
export const mailIntegrations = pgTable(
  "mail_integrations",
  {
    integrationId: id("integration_id")
      .primaryKey()
      .references(() => integrations.id, { onDelete: "cascade" }),
    // What stands before the @, in lower case.
    localPart: text("local_part").notNull(),
    settings: jsonb("settings").$type<MailSettings>().notNull(),
  },
  (t) => [
    uniqueIndex("mail_integrations_local_part_key").on(t.localPart),
    check("mail_integrations_local_part_check", sql`${t.localPart} ~ '^[a-z0-9][a-z0-9._+-]{0,62}$'`),
  ],
);

/** Mail that came to an integration, and what became of it: by this a mail that comes twice counts once, and a reply finds its incident. */
export const receivedMails = pgTable(
  "received_mails",
  {
    id: id().primaryKey(),
    integrationId: id("integration_id")
      .notNull()
      .references(() => integrations.id, { onDelete: "cascade" }),
    messageId: text("message_id").notNull(),
    sender: text("sender").notNull(),
    subject: text("subject").notNull(),
    receivedAt: instant("received_at").notNull(),
    outcome: text("outcome").notNull(),
    // The alert's key, where it became an event.
    dedupKey: text("dedup_key"),
    // Whom to tell the number of the incident; null: nobody, or they were told.
    answerTo: text("answer_to"),
  },
  (t) => [
    uniqueIndex("received_mails_message_key").on(t.integrationId, t.messageId),
    index("received_mails_sender_idx").on(t.integrationId, t.sender, t.receivedAt),
    index("received_mails_answer_idx")
      .on(t.receivedAt)
      .where(sql`${t.answerTo} is not null`),
  ],
);
