import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from "drizzle-orm/pg-core";
import { id, instant, oneOf } from "#db/schema/columns";
import { escalationPolicies } from "#db/schema/escalation";
import { teams } from "#db/schema/people";
import { DETECTION_SOURCES } from "#lib/incidents/vocabulary";
import { INTEGRATION_TYPES } from "#lib/services/integration";
import { SUPPORT_HOURS_BOUNDARIES } from "#lib/alerts/support-hours";
import type { ServiceLink, SupportHours, UrgencyRule } from "#lib/services/service";

export const services = pgTable(
  "services",
  {
    id: id().primaryKey(),
    slug: text("slug").notNull(),
    name: text("name").notNull(),
    description: text("description"),
    // 1 is the most critical.
    tier: integer("tier").notNull().default(3),
    teamId: id("team_id").references(() => teams.id, { onDelete: "set null" }),
    escalationPolicyId: id("escalation_policy_id")
      .notNull()
      .references(() => escalationPolicies.id, { onDelete: "restrict" }),
    urgencyRule: jsonb("urgency_rule").$type<UrgencyRule>().notNull(),
    supportHours: jsonb("support_hours").$type<SupportHours>(),
    // Seconds; null switches the timer off.
    acknowledgementTimeout: integer("acknowledgement_timeout").default(1800),
    autoResolveTimeout: integer("auto_resolve_timeout").default(14400),
    reopenWithin: integer("reopen_within"),
    // When the service's open low-urgency incidents become high by themselves.
    raiseUrgencyAt: text("raise_urgency_at", { enum: SUPPORT_HOURS_BOUNDARIES }),
    escalateLowUrgency: boolean("escalate_low_urgency").notNull().default(false),
    // Low urgency waits for the support hours before people are told.
    queueLowUrgency: boolean("queue_low_urgency").notNull().default(false),
    // Texts and calls about its incidents leave out what happened.
    withholdDetails: boolean("withhold_details").notNull().default(false),
    // What part of the product it serves and which piece it is: labels of its incidents.
    feature: text("feature"),
    component: text("component"),
    // Customers meet it directly: its availability is reported.
    customerFacing: boolean("customer_facing").notNull().default(false),
    // Per cent of a month; null: nothing was promised.
    availabilityTarget: doublePrecision("availability_target"),
    runbookUrl: text("runbook_url"),
    links: jsonb("links").$type<ServiceLink[]>().notNull().default([]),
    disabledAt: instant("disabled_at"),
    lastIncidentAt: instant("last_incident_at"),
    isDemo: boolean("is_demo").notNull().default(false),
    createdAt: instant("created_at").notNull(),
    updatedAt: instant("updated_at").notNull(),
    deletedAt: instant("deleted_at"),
  },
  (t) => [
    uniqueIndex("services_name_key")
      .on(sql`lower(${t.name})`)
      .where(sql`${t.deletedAt} is null`),
    uniqueIndex("services_slug_key").on(t.slug),
    index("services_team_idx").on(t.teamId),
    index("services_policy_idx").on(t.escalationPolicyId),
    oneOf("services_raise_urgency_check", t.raiseUrgencyAt, SUPPORT_HOURS_BOUNDARIES),
    check("services_availability_check", sql`${t.availabilityTarget} > 0 and ${t.availabilityTarget} <= 100`),
    check("services_tier_check", sql`${t.tier} between 1 and 4`),
    check("services_name_check", sql`length(${t.name}) between 1 and 255`),
    check(
      "services_timeouts_check",
      sql`(${t.acknowledgementTimeout} is null or ${t.acknowledgementTimeout} > 0) and (${t.autoResolveTimeout} is null or ${t.autoResolveTimeout} > 0) and (${t.reopenWithin} is null or ${t.reopenWithin} > 0)`,
    ),
  ],
);

export const serviceDependencies = pgTable(
  "service_dependencies",
  {
    dependentId: id("dependent_id")
      .notNull()
      .references(() => services.id, { onDelete: "cascade" }),
    supportingId: id("supporting_id")
      .notNull()
      .references(() => services.id, { onDelete: "cascade" }),
  },
  (t) => [
    primaryKey({ columns: [t.dependentId, t.supportingId] }),
    index("service_dependencies_supporting_idx").on(t.supportingId),
    check("service_dependencies_self_check", sql`${t.dependentId} <> ${t.supportingId}`),
  ],
);

export const integrations = pgTable(
  "integrations",
  {
    id: id().primaryKey(),
    serviceId: id("service_id")
      .notNull()
      .references(() => services.id, { onDelete: "cascade" }),
    name: text("name").notNull(),
    type: text("type", { enum: INTEGRATION_TYPES }).notNull(),
    key: text("key").notNull(),
    // Still accepted until then, so that senders can be moved to the new key one by one.
    previousKey: text("previous_key"),
    previousKeyUntil: instant("previous_key_until"),
    // The tool it was made for, in the public API's ids; null where it was made by type.
    vendorId: text("vendor_id"),
    // Who saw first what comes through it: an address that customers write to is no monitor.
    detectionSource: text("detection_source", { enum: DETECTION_SOURCES }).notNull().default("monitoring"),
    // Rules choose the service of its events; its own takes what they don't route.
    isRouted: boolean("is_routed").notNull().default(false),
    // How its JSON becomes events (json_mappings); 0: by the default.
    mappingVersion: integer("mapping_version").notNull().default(0),
    lastEventAt: instant("last_event_at"),
    isDemo: boolean("is_demo").notNull().default(false),
    createdAt: instant("created_at").notNull(),
    deletedAt: instant("deleted_at"),
  },
  (t) => [
    uniqueIndex("integrations_key_key").on(t.key),
    index("integrations_previous_key_idx").on(t.previousKey),
    index("integrations_service_idx").on(t.serviceId),
    oneOf("integrations_type_check", t.type, INTEGRATION_TYPES),
    oneOf("integrations_detection_check", t.detectionSource, DETECTION_SOURCES),
    check("integrations_key_check", sql`${t.key} ~ '^[0-9a-zA-Z]{32}$'`),
    check(
      "integrations_previous_key_check",
      sql`(${t.previousKey} is null) = (${t.previousKeyUntil} is null)`,
    ),
  ],
);
