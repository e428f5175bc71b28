import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  date,
  doublePrecision,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from "drizzle-orm/pg-core";
import { id, instant, oneOf } from "#db/schema/columns";
import { incidents } from "#db/schema/incidents";
import { users } from "#db/schema/people";
import { reviews } from "#db/schema/reviews";
import { services } from "#db/schema/services";
import { ACTION_STATES, ACTION_TYPES, LINKED_VIA, PROBLEM_STATES, RELATIONS } from "#lib/problems/problem";
import { SUGGESTION_KINDS, SUGGESTION_STATES } from "#lib/problems/suggestion";

/** The cause of incidents. One with a service and template, or with a feature, gathers the incidents that carry them. */
export const problems = pgTable(
  "problems",
  {
    id: id().primaryKey(),
    number: integer("number").generatedByDefaultAsIdentity().notNull(),
    title: text("title").notNull(),
    state: text("state", { enum: PROBLEM_STATES }).notNull(),
    stateChangedAt: instant("state_changed_at").notNull(),
    serviceId: id("service_id").references(() => services.id, { onDelete: "set null" }),
    template: text("template"),
    feature: text("feature"),
    ownerId: id("owner_id").references(() => users.id, { onDelete: "set null" }),
    // What is taken for the cause; with a workaround it is a known error.
    cause: text("cause"),
    workaround: text("workaround"),
    dueOn: date("due_on", { mode: "string" }),
    // When the fix was in place: what is verified is what came after.
    fixedAt: instant("fixed_at"),
    createdAt: instant("created_at").notNull(),
    createdBy: id("created_by").references(() => users.id, { onDelete: "set null" }),
    updatedAt: instant("updated_at").notNull(),
    isDemo: boolean("is_demo").notNull().default(false),
  },
  (t) => [
    uniqueIndex("problems_number_key").on(t.number),
    index("problems_template_idx").on(t.serviceId, t.template),
    index("problems_feature_idx").on(t.feature),
    oneOf("problems_state_check", t.state, PROBLEM_STATES),
    check("problems_title_check", sql`length(${t.title}) between 1 and 255`),
    check("problems_known_check", sql`${t.state} <> 'known_error' or ${t.workaround} is not null`),
  ],
);

/** What belongs to a problem, and what a person took out of it: that never comes back by itself. */
export const problemIncidents = pgTable(
  "problem_incidents",
  {
    problemId: id("problem_id")
      .notNull()
      .references(() => problems.id, { onDelete: "cascade" }),
    incidentId: id("incident_id")
      .notNull()
      .references(() => incidents.id, { onDelete: "cascade" }),
    relation: text("relation", { enum: RELATIONS }).notNull(),
    via: text("via", { enum: LINKED_VIA }).notNull(),
    linkedAt: instant("linked_at").notNull(),
    removedAt: instant("removed_at"),
  },
  (t) => [
    primaryKey({ columns: [t.problemId, t.incidentId] }),
    index("problem_incidents_incident_idx").on(t.incidentId),
    oneOf("problem_incidents_relation_check", t.relation, RELATIONS),
    oneOf("problem_incidents_via_check", t.via, LINKED_VIA),
  ],
);

/** The kind of thing each incident's title says, without what differs from one to the next. Filled by the engine. */
export const incidentTemplates = pgTable(
  "incident_templates",
  {
    incidentId: id("incident_id")
      .primaryKey()
      .references(() => incidents.id, { onDelete: "cascade" }),
    serviceId: id("service_id").notNull(),
    template: text("template").notNull(),
    createdAt: instant("created_at").notNull(),
  },
  (t) => [
    index("incident_templates_template_idx").on(t.serviceId, t.template, t.createdAt),
    index("incident_templates_created_idx").on(t.createdAt),
  ],
);

/** Recurrences that the engine found, and what people said to them. */
export const problemSuggestions = pgTable(
  "problem_suggestions",
  {
    id: id().primaryKey(),
    kind: text("kind", { enum: SUGGESTION_KINDS }).notNull(),
    // Empty for a feature, which may span services.
    serviceId: id("service_id").notNull(),
    // The template or the feature.
    label: text("label").notNull(),
    state: text("state", { enum: SUGGESTION_STATES }).notNull(),
    windowDays: integer("window_days").notNull(),
    observed: integer("observed").notNull(),
    expected: doublePrecision("expected").notNull(),
    ratio: doublePrecision("ratio"),
    p: doublePrecision("p").notNull(),
    q: doublePrecision("q").notNull(),
    foundAt: instant("found_at").notNull(),
    firstFoundAt: instant("first_found_at").notNull(),
    decidedAt: instant("decided_at"),
    decidedBy: id("decided_by").references(() => users.id, { onDelete: "set null" }),
    // What was seen when it was dismissed: it comes back only when there is much more.
    dismissedCount: integer("dismissed_count"),
    dismissReason: text("dismiss_reason"),
    problemId: id("problem_id").references(() => problems.id, { onDelete: "set null" }),
  },
  (t) => [
    uniqueIndex("problem_suggestions_key").on(t.kind, t.serviceId, t.label),
    index("problem_suggestions_state_idx").on(t.state, t.p),
    oneOf("problem_suggestions_kind_check", t.kind, SUGGESTION_KINDS),
    oneOf("problem_suggestions_state_check", t.state, SUGGESTION_STATES),
    check(
      "problem_suggestions_dismissed_check",
      sql`${t.state} <> 'dismissed' or (${t.dismissedCount} is not null and ${t.dismissReason} is not null)`,
    ),
  ],
);

/** Something that will be done so that it does not happen again, or is noticed or over sooner. */
export const correctiveActions = pgTable(
  "corrective_actions",
  {
    id: id().primaryKey(),
    title: text("title").notNull(),
    type: text("type", { enum: ACTION_TYPES }).notNull(),
    state: text("state", { enum: ACTION_STATES }).notNull(),
    problemId: id("problem_id").references(() => problems.id, { onDelete: "set null" }),
    reviewId: id("review_id").references(() => reviews.id, { onDelete: "set null" }),
    ownerId: id("owner_id").references(() => users.id, { onDelete: "set null" }),
    dueOn: date("due_on", { mode: "string" }),
    ticketUrl: text("ticket_url"),
    createdAt: instant("created_at").notNull(),
    createdBy: id("created_by").references(() => users.id, { onDelete: "set null" }),
    updatedAt: instant("updated_at").notNull(),
    endedAt: instant("ended_at"),
    isDemo: boolean("is_demo").notNull().default(false),
  },
  (t) => [
    index("corrective_actions_problem_idx").on(t.problemId),
    index("corrective_actions_review_idx").on(t.reviewId),
    index("corrective_actions_due_idx")
      .on(t.dueOn)
      .where(sql`${t.state} in ('open', 'in_progress')`),
    oneOf("corrective_actions_type_check", t.type, ACTION_TYPES),
    oneOf("corrective_actions_state_check", t.state, ACTION_STATES),
    check("corrective_actions_title_check", sql`length(${t.title}) between 1 and 255`),
    check(
      "corrective_actions_ended_check",
      sql`(${t.state} in ('done', 'dropped')) = (${t.endedAt} is not null)`,
    ),
  ],
);
