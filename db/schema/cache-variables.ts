import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
} from "drizzle-orm/pg-core";
import { id, instant, oneOf } from "#db/schema/columns";
import { services } from "#db/schema/services";
import { CACHE_DATA_TYPES, CACHE_KINDS } from "#lib/rules/cache-variable";
import type { CacheValue } from "#lib/rules/cache-variable";
import type { RuleCondition } from "#lib/rules/rule";

/** What rules remember between events and read as `cache.<name>`: of all events, or of one service's. */
export const cacheVariables = pgTable(
  "cache_variables",
  {
    id: id().primaryKey(),
    serviceId: id("service_id").references(() => services.id, { onDelete: "cascade" }),
    name: text("name").notNull(),
    kind: text("kind", { enum: CACHE_KINDS }).notNull(),
    condition: jsonb("condition").$type<RuleCondition>().notNull(),
    path: text("path"),
    pattern: text("pattern"),
    ttlSeconds: integer("ttl_seconds"),
    dataType: text("data_type", { enum: CACHE_DATA_TYPES }),
    disabled: boolean("disabled").notNull().default(false),
    version: integer("version").notNull(),
    createdAt: instant("created_at").notNull(),
    updatedAt: instant("updated_at").notNull(),
  },
  (t) => [
    uniqueIndex("cache_variables_name_key")
      .on(t.name)
      .where(sql`${t.serviceId} is null`),
    uniqueIndex("cache_variables_service_name_key").on(t.serviceId, t.name),
    oneOf("cache_variables_kind_check", t.kind, CACHE_KINDS),
    oneOf("cache_variables_type_check", t.dataType, CACHE_DATA_TYPES),
    check(
      "cache_variables_value_check",
      sql`(${t.kind} = 'recent_value') = (${t.path} is not null and ${t.pattern} is not null)`,
    ),
    check("cache_variables_data_check", sql`(${t.kind} = 'external_data') = (${t.dataType} is not null)`),
    check(
      "cache_variables_ttl_check",
      sql`${t.ttlSeconds} > 0 and (${t.kind} = 'recent_value' or ${t.ttlSeconds} is not null)`,
    ),
  ],
);

/** What a variable holds; the newest of its rows counts. One row a lane, so that engines on different lanes don't wait for each other. */
export const cacheValues = pgTable(
  "cache_values",
  {
    variableId: id("variable_id")
      .notNull()
      .references(() => cacheVariables.id, { onDelete: "cascade" }),
    // -1: set from outside.
    lane: smallint("lane").notNull(),
    value: jsonb("value").$type<CacheValue>().notNull(),
    at: instant("at").notNull(),
    expiresAt: instant("expires_at"),
  },
  (t) => [primaryKey({ columns: [t.variableId, t.lane] })],
);

/** How many triggers a variable saw, by stretches of its time. */
export const cacheCounts = pgTable(
  "cache_counts",
  {
    variableId: id("variable_id")
      .notNull()
      .references(() => cacheVariables.id, { onDelete: "cascade" }),
    stretch: instant("stretch").notNull(),
    lane: smallint("lane").notNull(),
    count: integer("count").notNull(),
  },
  (t) => [primaryKey({ columns: [t.variableId, t.stretch, t.lane] })],
);
