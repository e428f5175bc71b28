import { sql } from "drizzle-orm";
import { boolean, check, index, pgTable, primaryKey, text, uniqueIndex } from "drizzle-orm/pg-core";
import { id, instant, oneOf } from "#db/schema/columns";
import { users } from "#db/schema/people";
import { schedules } from "#db/schema/schedules";
import { OFFER_OUTCOMES } from "#lib/on-call/cover";

/** Somebody asks to be relieved in [starts_at, ends_at). What became of it is told from the offers and the clock. */
export const coverRequests = pgTable(
  "cover_requests",
  {
    id: id().primaryKey(),
    scheduleId: id("schedule_id")
      .notNull()
      .references(() => schedules.id, { onDelete: "cascade" }),
    requesterId: id("requester_id")
      .notNull()
      .references(() => users.id, { onDelete: "restrict" }),
    // Null: everybody who stands in the schedule.
    askedUserId: id("asked_user_id").references(() => users.id, { onDelete: "restrict" }),
    startsAt: instant("starts_at").notNull(),
    endsAt: instant("ends_at").notNull(),
    // A swap: what the requester takes over in return from the person asked.
    returnStartsAt: instant("return_starts_at"),
    returnEndsAt: instant("return_ends_at"),
    message: text("message"),
    createdAt: instant("created_at").notNull(),
    withdrawnAt: instant("withdrawn_at"),
    declinedAt: instant("declined_at"),
    // When whoever asked was told that nobody has taken it.
    remindedAt: instant("reminded_at"),
  },
  (t) => [
    index("cover_requests_schedule_idx").on(t.scheduleId, t.endsAt),
    index("cover_requests_requester_idx").on(t.requesterId),
    index("cover_requests_asked_idx").on(t.askedUserId),
    check("cover_requests_span_check", sql`${t.endsAt} > ${t.startsAt}`),
    check("cover_requests_asked_check", sql`${t.askedUserId} <> ${t.requesterId}`),
    check(
      "cover_requests_return_check",
      sql`(${t.returnStartsAt} is null) = (${t.returnEndsAt} is null)
        and (${t.returnStartsAt} is null or (${t.returnEndsAt} > ${t.returnStartsAt} and ${t.askedUserId} is not null))`,
    ),
    check("cover_requests_end_check", sql`${t.withdrawnAt} is null or ${t.declinedAt} is null`),
    check("cover_requests_declined_check", sql`${t.declinedAt} is null or ${t.askedUserId} is not null`),
    check("cover_requests_message_check", sql`length(${t.message}) <= 500`),
  ],
);

/** What somebody offers to take of a request; accepted ones have become overrides, and never overlap. */
export const coverOffers = pgTable(
  "cover_offers",
  {
    id: id().primaryKey(),
    requestId: id("request_id")
      .notNull()
      .references(() => coverRequests.id, { onDelete: "cascade" }),
    userId: id("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "restrict" }),
    startsAt: instant("starts_at").notNull(),
    endsAt: instant("ends_at").notNull(),
    outcome: text("outcome", { enum: OFFER_OUTCOMES }).notNull(),
    createdAt: instant("created_at").notNull(),
    decidedAt: instant("decided_at"),
  },
  (t) => [
    index("cover_offers_request_idx").on(t.requestId),
    index("cover_offers_user_idx").on(t.userId),
    uniqueIndex("cover_offers_waiting_key")
      .on(t.requestId, t.userId)
      .where(sql`${t.outcome} = 'waiting'`),
    oneOf("cover_offers_outcome_check", t.outcome, OFFER_OUTCOMES),
    check("cover_offers_decided_check", sql`(${t.outcome} = 'waiting') = (${t.decidedAt} is null)`),
    check("cover_offers_span_check", sql`${t.endsAt} > ${t.startsAt}`),
  ],
);

/** Who of many said that they can't: the request is out of their sight, and open to the others. */
export const coverDeclines = pgTable(
  "cover_declines",
  {
    requestId: id("request_id")
      .notNull()
      .references(() => coverRequests.id, { onDelete: "cascade" }),
    userId: id("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    createdAt: instant("created_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.requestId, t.userId] }), index("cover_declines_user_idx").on(t.userId)],
);

/** Somebody who follows the shifts of a schedule, or of one person in it, without ever being on call by that. */
export const scheduleShadows = pgTable(
  "schedule_shadows",
  {
    id: id().primaryKey(),
    scheduleId: id("schedule_id")
      .notNull()
      .references(() => schedules.id, { onDelete: "cascade" }),
    userId: id("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    // Null: whoever is on call.
    followsUserId: id("follows_user_id").references(() => users.id, { onDelete: "cascade" }),
    startsAt: instant("starts_at").notNull(),
    endsAt: instant("ends_at").notNull(),
    isTold: boolean("is_told").notNull().default(false),
    createdBy: id("created_by").references(() => users.id, { onDelete: "set null" }),
    createdAt: instant("created_at").notNull(),
  },
  (t) => [
    index("schedule_shadows_schedule_idx").on(t.scheduleId, t.endsAt),
    index("schedule_shadows_user_idx").on(t.userId),
    check("schedule_shadows_span_check", sql`${t.endsAt} > ${t.startsAt}`),
    check("schedule_shadows_person_check", sql`${t.followsUserId} <> ${t.userId}`),
  ],
);
