import { sql } from "drizzle-orm";
import { boolean, check, integer, jsonb, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import { id, instant, oneOf } from "#db/schema/columns";
import { PROVIDER_KINDS } from "#lib/notifications/provider";
import { CHANNELS } from "#lib/notifications/vocabulary";

/** Who carries a channel's messages, in the order in which they are asked. */
export const channelProviders = pgTable(
  "channel_providers",
  {
    id: id().primaryKey(),
    channel: text("channel", { enum: CHANNELS }).notNull(),
    kind: text("kind", { enum: PROVIDER_KINDS }).notNull(),
    name: text("name").notNull(),
    // What may be shown: account, sender numbers, addresses.
    settings: jsonb("settings").$type<Record<string, unknown>>().notNull(),
    // Tokens and keys as JSON, encrypted.
    secret: text("secret").notNull(),
    position: integer("position").notNull(),
    enabled: boolean("enabled").notNull().default(true),
    failuresInRow: integer("failures_in_row").notNull().default(0),
    lastOkAt: instant("last_ok_at"),
    lastFailedAt: instant("last_failed_at"),
    lastError: text("last_error"),
    createdAt: instant("created_at").notNull(),
    updatedAt: instant("updated_at").notNull(),
  },
  (t) => [
    uniqueIndex("channel_providers_name_key").on(t.channel, sql`lower(${t.name})`),
    oneOf("channel_providers_channel_check", t.channel, CHANNELS),
    oneOf("channel_providers_kind_check", t.kind, PROVIDER_KINDS),
    check("channel_providers_name_check", sql`length(${t.name}) between 1 and 100`),
    check("channel_providers_failures_check", sql`${t.failuresInRow} >= 0`),
  ],
);
