import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
} from "drizzle-orm/pg-core";
import { id, instant, oneOf } from "#db/schema/columns";
import { users } from "#db/schema/people";
import { services } from "#db/schema/services";
import { RULE_SET_KINDS } from "#lib/rules/rule";
import type { RulePath } from "#lib/rules/rule";

/** One per place in an event's way: global, router, unrouted, and one a service. Its rules are those of its newest version. */
export const ruleSets = pgTable(
  "rule_sets",
  {
    id: id().primaryKey(),
    kind: text("kind", { enum: RULE_SET_KINDS }).notNull(),
    serviceId: id("service_id").references(() => services.id, { onDelete: "cascade" }),
    version: integer("version").notNull(),
    // Some version made deduplication keys: events of several keys may belong to one alert, so an integration keeps to one lane.
    // Stays once true, since events may still wait in that lane.
    rekeys: boolean("rekeys").notNull().default(false),
    isDemo: boolean("is_demo").notNull().default(false),
    createdAt: instant("created_at").notNull(),
    updatedAt: instant("updated_at").notNull(),
  },
  (t) => [
    uniqueIndex("rule_sets_service_key")
      .on(t.serviceId)
      .where(sql`${t.kind} = 'service'`),
    uniqueIndex("rule_sets_kind_key")
      .on(t.kind)
      .where(sql`${t.kind} <> 'service'`),
    oneOf("rule_sets_kind_check", t.kind, RULE_SET_KINDS),
    check("rule_sets_service_check", sql`(${t.kind} = 'service') = (${t.serviceId} is not null)`),
  ],
);

/** What was published, unchanged for ever: traces name a version, and processes keep what they compiled of it. */
export const ruleSetVersions = pgTable(
  "rule_set_versions",
  {
    ruleSetId: id("rule_set_id")
      .notNull()
      .references(() => ruleSets.id, { onDelete: "cascade" }),
    version: integer("version").notNull(),
    path: jsonb("path").$type<RulePath>().notNull(),
    // Why it was published, in the words of who did.
    reason: text("reason").notNull(),
    publishedBy: id("published_by").references(() => users.id, { onDelete: "set null" }),
    publishedByName: text("published_by_name").notNull(),
    createdAt: instant("created_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.ruleSetId, t.version] })],
);

/** How often a rule matched, by hour. One row a lane, so that engines on different lanes don't wait for each other. */
export const ruleHits = pgTable(
  "rule_hits",
  {
    ruleSetId: id("rule_set_id")
      .notNull()
      .references(() => ruleSets.id, { onDelete: "cascade" }),
    ruleId: text("rule_id").notNull(),
    hour: instant("hour").notNull(),
    lane: smallint("lane").notNull(),
    hits: integer("hits").notNull(),
    // Of rules that are only watched.
    shadowHits: integer("shadow_hits").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.ruleSetId, t.ruleId, t.hour, t.lane] }),
    index("rule_hits_hour_idx").on(t.hour),
  ],
);

/** What a rule's threshold counted; locked while a batch counts on. */
export const ruleCounts = pgTable("rule_counts", {
  ruleId: text("rule_id").primaryKey(),
  // Epoch milliseconds of the newest events, oldest first: as many as the threshold needs.
  counted: jsonb("counted").$type<number[]>().notNull(),
});
