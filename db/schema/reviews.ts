import { sql } from "drizzle-orm";
import { boolean, check, date, index, integer, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import { id, instant, oneOf } from "#db/schema/columns";
import { incidents } from "#db/schema/incidents";
import { users } from "#db/schema/people";
import { REVIEW_STATES } from "#lib/reviews/review";

/** The post-incident review: what people write. What can be known from the incident is read from it each time. */
export const reviews = pgTable(
  "reviews",
  {
    id: id().primaryKey(),
    incidentId: id("incident_id")
      .notNull()
      .references(() => incidents.id, { onDelete: "cascade" }),
    state: text("state", { enum: REVIEW_STATES }).notNull(),
    // Counts up with every change: an editor that started from another version is refused.
    version: integer("version").notNull().default(1),
    ownerId: id("owner_id").references(() => users.id, { onDelete: "set null" }),
    dueOn: date("due_on", { mode: "string" }).notNull(),
    summary: text("summary"),
    impact: text("impact"),
    contributingFactors: text("contributing_factors"),
    wentWell: text("went_well"),
    wentPoorly: text("went_poorly"),
    lucky: text("lucky"),
    // Lines of the timeline that the review leaves out.
    hiddenEntryIds: text("hidden_entry_ids")
      .array()
      .notNull()
      .default(sql`'{}'::text[]`),
    createdAt: instant("created_at").notNull(),
    createdBy: id("created_by").references(() => users.id, { onDelete: "set null" }),
    updatedAt: instant("updated_at").notNull(),
    publishedAt: instant("published_at"),
    isDemo: boolean("is_demo").notNull().default(false),
  },
  (t) => [
    uniqueIndex("reviews_incident_key").on(t.incidentId),
    index("reviews_state_idx").on(t.state, t.dueOn),
    oneOf("reviews_state_check", t.state, REVIEW_STATES),
    check("reviews_published_check", sql`(${t.state} = 'published') = (${t.publishedAt} is not null)`),
  ],
);
