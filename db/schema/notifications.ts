import { sql } from "drizzle-orm";
import { bigint, check, index, integer, jsonb, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import { channelProviders } from "#db/schema/channel-providers";
import { id, instant, listOf, oneOf } from "#db/schema/columns";
import { incidents } from "#db/schema/incidents";
import { contactMethods, users } from "#db/schema/people";
import type { TraceStep } from "#lib/events/trace";
import { URGENCIES } from "#lib/incidents/vocabulary";
import {
  CHANNELS,
  DELIVERY_STATES,
  NOTICE_REASONS,
  PAGE_REASONS,
  PAGE_STATES,
  SIDE_REASONS,
} from "#lib/notifications/vocabulary";
import type { Notice } from "#lib/notifications/vocabulary";

/** One attempt to reach one person for one step of an incident. The unique key is what makes a second one impossible. */
export const pages = pgTable(
  "pages",
  {
    id: id().primaryKey(),
    // Null for a test and for a notice.
    incidentId: id("incident_id").references(() => incidents.id, { onDelete: "cascade" }),
    userId: id("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "restrict" }),
    step: integer("step").notNull(),
    reason: text("reason", { enum: PAGE_REASONS }).notNull(),
    urgency: text("urgency", { enum: URGENCIES }).notNull(),
    level: integer("level"),
    state: text("state", { enum: PAGE_STATES }).notNull(),
    // Why this person: target, schedule, shift or override.
    trace: jsonb("trace").$type<TraceStep[]>().notNull(),
    // What it says beside or instead of the incident.
    notice: jsonb("notice").$type<Notice>(),
    // Names what it is about where it is no step of an incident, so that a person is told of it once.
    noticeKey: text("notice_key"),
    createdAt: instant("created_at").notNull(),
    endedAt: instant("ended_at"),
  },
  (t) => [
    uniqueIndex("pages_step_key")
      .on(t.incidentId, t.step, t.userId)
      .where(sql`${t.noticeKey} is null`),
    index("pages_user_idx").on(t.userId, t.createdAt),
    // All of an incident, notices of changes as well: its facts ask for them with every write.
    index("pages_incident_idx").on(t.incidentId),
    oneOf("pages_reason_check", t.reason, PAGE_REASONS),
    oneOf("pages_state_check", t.state, PAGE_STATES),
    oneOf("pages_urgency_check", t.urgency, URGENCIES),
    uniqueIndex("pages_notice_key")
      .on(t.userId, t.noticeKey)
      .where(sql`${t.noticeKey} is not null`),
    check(
      "pages_incident_check",
      sql`(${t.reason} in (${listOf(["test", ...NOTICE_REASONS])})) = (${t.incidentId} is null)`,
    ),
    check(
      "pages_notice_check",
      sql`(${t.reason} in (${listOf([...NOTICE_REASONS, ...SIDE_REASONS])})) = (${t.notice} is not null and ${t.noticeKey} is not null)`,
    ),
  ],
);

/** One send of a page over one contact method. `id` is also its idempotency key towards the provider. */
export const deliveries = pgTable(
  "deliveries",
  {
    id: id().primaryKey(),
    pageId: id("page_id")
      .notNull()
      .references(() => pages.id, { onDelete: "cascade" }),
    incidentId: id("incident_id").references(() => incidents.id, { onDelete: "cascade" }),
    userId: id("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "restrict" }),
    contactMethodId: id("contact_method_id").references(() => contactMethods.id, { onDelete: "set null" }),
    channel: text("channel", { enum: CHANNELS }).notNull(),
    address: text("address").notNull(),
    delayMinutes: integer("delay_minutes").notNull(),
    state: text("state", { enum: DELIVERY_STATES }).notNull(),
    // When to send, or to try again.
    dueAt: instant("due_at").notNull(),
    // Put off once to that instant, so that it goes with others.
    heldUntil: instant("held_until"),
    // The delivery in whose message it went; its own id where it carried others.
    bundleId: id("bundle_id"),
    expiresAt: instant("expires_at").notNull(),
    attempts: integer("attempts").notNull().default(0),
    // Attempts that ended without success. One that its engine did not live to end is none of them.
    failures: integer("failures").notNull().default(0),
    leasedUntil: instant("leased_until"),
    leasedBy: text("leased_by"),
    // Set: this provider alone may carry it (a test of that provider). Null: whoever is first.
    channelProviderId: id("channel_provider_id").references(() => channelProviders.id, {
      onDelete: "set null",
    }),
    // What the provider calls it.
    providerId: text("provider_id"),
    lastError: text("last_error"),
    createdAt: instant("created_at").notNull(),
    sentAt: instant("sent_at"),
    endedAt: instant("ended_at"),
  },
  (t) => [
    uniqueIndex("deliveries_key").on(t.pageId, t.contactMethodId, t.delayMinutes),
    index("deliveries_due_idx")
      .on(t.dueAt)
      .where(sql`${t.state} in ('queued', 'retrying', 'sending')`),
    index("deliveries_sent_idx")
      .on(t.userId, t.sentAt)
      .where(sql`${t.sentAt} is not null`),
    index("deliveries_provider_idx")
      .on(t.channelProviderId)
      .where(sql`${t.channelProviderId} is not null`),
    index("deliveries_bundle_idx")
      .on(t.bundleId)
      .where(sql`${t.bundleId} is not null`),
    index("deliveries_incident_idx").on(t.incidentId, t.createdAt),
    index("deliveries_user_idx").on(t.userId, t.createdAt),
    index("deliveries_created_idx").on(t.createdAt),
    oneOf("deliveries_state_check", t.state, DELIVERY_STATES),
    oneOf("deliveries_channel_check", t.channel, CHANNELS),
  ],
);

/** Every state a delivery was in, when, and what the provider said. */
export const deliveryStates = pgTable(
  "delivery_states",
  {
    id: bigint("id", { mode: "number" }).generatedAlwaysAsIdentity().primaryKey(),
    deliveryId: id("delivery_id")
      .notNull()
      .references(() => deliveries.id, { onDelete: "cascade" }),
    state: text("state", { enum: DELIVERY_STATES }).notNull(),
    at: instant("at").notNull(),
    detail: text("detail"),
  },
  (t) => [index("delivery_states_delivery_idx").on(t.deliveryId, t.id)],
);

/** Messages that had no mail server to go to: shown on the outbox page. */
export const outboxMessages = pgTable(
  "outbox_messages",
  {
    id: id().primaryKey(),
    deliveryId: id("delivery_id").references(() => deliveries.id, { onDelete: "cascade" }),
    at: instant("at").notNull(),
    to: text("to").notNull(),
    subject: text("subject").notNull(),
    text: text("text").notNull(),
    html: text("html").notNull(),
  },
  (t) => [
    uniqueIndex("outbox_messages_delivery_key").on(t.deliveryId),
    index("outbox_messages_at_idx").on(t.at),
  ],
);
