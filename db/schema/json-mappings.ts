import { integer, jsonb, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { id, instant } from "#db/schema/columns";
import { users } from "#db/schema/people";
import { integrations } from "#db/schema/services";
import type { JsonMapping } from "#lib/events/json-mapping";

/** How an integration's JSON becomes events, as it was published; unchanged for ever: processes keep what they compiled of it. */
export const jsonMappings = pgTable(
  "json_mappings",
  {
    integrationId: id("integration_id")
      .notNull()
      .references(() => integrations.id, { onDelete: "cascade" }),
    version: integer("version").notNull(),
    mapping: jsonb("mapping").$type<JsonMapping>().notNull(),
    publishedBy: id("published_by").references(() => users.id, { onDelete: "set null" }),
    publishedByName: text("published_by_name").notNull(),
    createdAt: instant("created_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.integrationId, t.version] })],
);
