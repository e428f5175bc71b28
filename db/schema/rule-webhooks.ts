import { sql } from "drizzle-orm";
import { index, integer, jsonb, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import { id, instant } from "#db/schema/columns";
import type { CallRule } from "#lib/rules/call-body";

/** Programs of other people that rules call. */
export const ruleWebhooks = pgTable(
  "rule_webhooks",
  {
    id: id().primaryKey(),
    name: text("name").notNull(),
    // For people; the address may hold a credential, so it is in the secret.
    host: text("host").notNull(),
    // Address, headers and signing key, encrypted.
    secret: text("secret").notNull(),
    // JSON with placeholders; null: our own document.
    template: text("template"),
    createdAt: instant("created_at").notNull(),
    updatedAt: instant("updated_at").notNull(),
  },
  (t) => [uniqueIndex("rule_webhooks_name_key").on(sql`lower(${t.name})`)],
);

/**
 * A call of a webhook, written with the events that made it. While it waits, events of its key that match the same rule again are
 * counted on it; once it began nothing of it changes but how it ends.
 */
export const ruleCalls = pgTable(
  "rule_calls",
  {
    id: id().primaryKey(),
    webhookId: id("webhook_id")
      .notNull()
      .references(() => ruleWebhooks.id, { onDelete: "cascade" }),
    // Null: a test.
    rule: jsonb("rule").$type<CallRule>(),
    // Rule, integration and key of the events: what is called about once at a time.
    subjectKey: text("subject_key").notNull(),
    body: text("body").notNull(),
    occurrences: integer("occurrences").notNull(),
    dueAt: instant("due_at").notNull(),
    attempts: integer("attempts").notNull().default(0),
    startedAt: instant("started_at"),
    // Delivered, or given up.
    endedAt: instant("ended_at"),
    // What went wrong last; null once it was delivered.
    lastError: text("last_error"),
    createdAt: instant("created_at").notNull(),
  },
  (t) => [
    uniqueIndex("rule_calls_waiting_key")
      .on(t.webhookId, t.subjectKey)
      .where(sql`${t.startedAt} is null`),
    index("rule_calls_due_idx")
      .on(t.dueAt)
      .where(sql`${t.endedAt} is null`),
    index("rule_calls_subject_idx").on(t.webhookId, t.subjectKey, t.createdAt),
    index("rule_calls_webhook_idx").on(t.webhookId, t.createdAt),
  ],
);
