import { sql } from "drizzle-orm";
import { bigint, check, index, integer, jsonb, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import { id, instant, oneOf } from "#db/schema/columns";
import { users } from "#db/schema/people";
import { ACTOR_TYPES } from "#lib/incidents/vocabulary";

export const API_KEY_SCOPES = ["full", "read"] as const;

export const apiKeys = pgTable(
  "api_keys",
  {
    id: id().primaryKey(),
    name: text("name").notNull(),
    scope: text("scope", { enum: API_KEY_SCOPES }).notNull(),
    // Null: an account key, which acts for the organisation and names a person with the From header.
    userId: id("user_id").references(() => users.id, { onDelete: "cascade" }),
    // SHA-256 of the key, hex; the key itself is shown once.
    hash: text("hash").notNull(),
    lastFour: text("last_four").notNull(),
    createdBy: id("created_by").references(() => users.id, { onDelete: "set null" }),
    createdAt: instant("created_at").notNull(),
    lastUsedAt: instant("last_used_at"),
    expiresAt: instant("expires_at"),
    revokedAt: instant("revoked_at"),
  },
  (t) => [
    uniqueIndex("api_keys_hash_key").on(t.hash),
    oneOf("api_keys_scope_check", t.scope, API_KEY_SCOPES),
  ],
);

/** Append-only; a trigger refuses update and delete. */
export const auditRecords = pgTable(
  "audit_records",
  {
    id: id().primaryKey(),
    at: instant("at").notNull(),
    actorType: text("actor_type", { enum: ACTOR_TYPES }).notNull(),
    actorId: id("actor_id"),
    actorName: text("actor_name").notNull(),
    // browser, api, link, engine, command
    method: text("method").notNull(),
    action: text("action").notNull(),
    objectType: text("object_type").notNull(),
    objectId: id("object_id"),
    objectName: text("object_name").notNull(),
    before: jsonb("before").$type<Record<string, unknown>>(),
    after: jsonb("after").$type<Record<string, unknown>>(),
  },
  (t) => [
    index("audit_records_at_idx").on(t.at, t.id),
    index("audit_records_object_idx").on(t.objectType, t.objectId),
    oneOf("audit_records_actor_check", t.actorType, ACTOR_TYPES),
  ],
);

export const settings = pgTable("settings", {
  key: text("key").primaryKey(),
  value: jsonb("value").$type<unknown>().notNull(),
  updatedAt: instant("updated_at").notNull(),
});

/** What changed, in commit order as far as one reader can see it: feeds the browsers' event stream. Trimmed after a day. */
export const outbox = pgTable(
  "outbox",
  {
    id: bigint("id", { mode: "number" }).generatedAlwaysAsIdentity().primaryKey(),
    at: instant("at").notNull(),
    topic: text("topic").notNull(),
    entityType: text("entity_type").notNull(),
    entityId: id("entity_id").notNull(),
    data: jsonb("data").$type<Record<string, unknown>>().notNull().default({}),
  },
  (t) => [index("outbox_at_idx").on(t.at)],
);

/** Each engine process that lives: health reads it. */
export const engines = pgTable(
  "engines",
  {
    id: text("id").primaryKey(),
    startedAt: instant("started_at").notNull(),
    beatAt: instant("beat_at").notNull(),
    processId: integer("process_id").notNull(),
    modules: jsonb("modules")
      .$type<Record<string, { at: string; ms: number; error: string | null }>>()
      .notNull(),
  },
  (t) => [check("engines_beat_check", sql`${t.beatAt} >= ${t.startedAt}`)],
);
