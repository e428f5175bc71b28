import { check, index, integer, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import { sql } from "drizzle-orm";
import { channelProviders } from "#db/schema/channel-providers";
import { id, instant } from "#db/schema/columns";
import { deliveries } from "#db/schema/notifications";
import { contactMethods } from "#db/schema/people";

/** Each text and call that a provider took, under the provider's own id: what a reply or a report is about. */
export const telephonyMessages = pgTable(
  "telephony_messages",
  {
    id: id().primaryKey(),
    channelProviderId: id("channel_provider_id")
      .notNull()
      .references(() => channelProviders.id, { onDelete: "cascade" }),
    deliveryId: id("delivery_id")
      .notNull()
      .references(() => deliveries.id, { onDelete: "cascade" }),
    externalId: text("external_id").notNull(),
    address: text("address").notNull(),
    at: instant("at").notNull(),
  },
  (t) => [
    uniqueIndex("telephony_messages_external_key").on(t.channelProviderId, t.externalId),
    index("telephony_messages_address_idx").on(t.address, t.at),
    index("telephony_messages_delivery_idx").on(t.deliveryId),
  ],
);

/** Texts that people sent us, so that a repeated request is answered as the first one was and does nothing. */
export const receivedTexts = pgTable(
  "received_texts",
  {
    id: id().primaryKey(),
    channelProviderId: id("channel_provider_id")
      .notNull()
      .references(() => channelProviders.id, { onDelete: "cascade" }),
    externalId: text("external_id").notNull(),
    // Null: nothing is answered.
    answer: text("answer"),
    at: instant("at").notNull(),
  },
  (t) => [
    uniqueIndex("received_texts_external_key").on(t.channelProviderId, t.externalId),
    index("received_texts_at_idx").on(t.at),
  ],
);

/** One-tap links short enough for a text. Only the hash is kept: who reads the database can't follow them. */
export const shortLinks = pgTable(
  "short_links",
  {
    hash: text("hash").primaryKey(),
    deliveryId: id("delivery_id")
      .notNull()
      .references(() => deliveries.id, { onDelete: "cascade" }),
    expiresAt: instant("expires_at").notNull(),
  },
  (t) => [
    index("short_links_expires_idx").on(t.expiresAt),
    index("short_links_delivery_idx").on(t.deliveryId),
  ],
);

/** The code that was sent to a phone number to see whose it is. */
export const verificationCodes = pgTable(
  "verification_codes",
  {
    contactMethodId: id("contact_method_id")
      .primaryKey()
      .references(() => contactMethods.id, { onDelete: "cascade" }),
    hash: text("hash").notNull(),
    // Wrong answers to this code.
    wrong: integer("wrong").notNull().default(0),
    // Codes sent since the first of the hour that `countedFrom` begins.
    sends: integer("sends").notNull().default(1),
    countedFrom: instant("counted_from").notNull(),
    sentAt: instant("sent_at").notNull(),
    expiresAt: instant("expires_at").notNull(),
  },
  (t) => [check("verification_codes_counts_check", sql`${t.wrong} >= 0 and ${t.sends} >= 1`)],
);
