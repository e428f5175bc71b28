import { z } from "zod";
import { SUPPORT_HOURS_BOUNDARIES } from "#lib/alerts/support-hours";
import {
  idField,
  lineField,
  proseField,
  timeOfDayField,
  timeZoneField,
  webUrlField,
} from "#lib/field-schemas";
import { URGENCIES } from "#lib/incidents/vocabulary";
import { PLAIN_INTEGRATION_TYPES } from "#lib/services/integration";

const YEAR_SECONDS = 366 * 86_400;

const constantUrgencySchema = z.object({
  type: z.literal("constant"),
  urgency: z.enum([...URGENCIES, "severity_based"]),
});

const urgencyRuleSchema = z.discriminatedUnion("type", [
  constantUrgencySchema,
  z.object({
    type: z.literal("use_support_hours"),
    duringSupportHours: constantUrgencySchema,
    outsideSupportHours: constantUrgencySchema,
  }),
]);

const supportHoursSchema = z.object({
  timeZone: timeZoneField,
  startTime: timeOfDayField,
  endTime: timeOfDayField,
  daysOfWeek: z
    .array(z.int().min(1).max(7))
    .min(1, "needs at least one day")
    .transform((days) => [...new Set(days)].sort((a, b) => a - b)),
});

/** Seconds, or null to switch the timer off. */
const timeoutSchema = z.int().min(1, "must be at least 1 second").max(YEAR_SECONDS, "is too long").nullable();

const fields = {
  name: lineField(255),
  description: proseField(4096),
  tier: z.int().min(1).max(4, "must be between 1 and 4"),
  teamId: idField.nullable(),
  escalationPolicyId: idField,
  urgencyRule: urgencyRuleSchema,
  supportHours: supportHoursSchema.nullable(),
  acknowledgementTimeout: timeoutSchema,
  autoResolveTimeout: timeoutSchema,
  reopenWithin: timeoutSchema,
  raiseUrgencyAt: z.enum(SUPPORT_HOURS_BOUNDARIES).nullable(),
  escalateLowUrgency: z.boolean(),
  queueLowUrgency: z.boolean(),
  withholdDetails: z.boolean(),
  feature: proseField(100),
  component: proseField(100),
  customerFacing: z.boolean(),
  availabilityTarget: z.number().gt(0, "must be above 0").max(100, "is at most 100").nullable(),
  runbookUrl: webUrlField.nullable(),
  links: z.array(z.object({ label: lineField(100), url: webUrlField })).max(20, "takes at most 20 links"),
};

export const serviceInputSchema = z.object({
  ...fields,
  description: fields.description.default(null),
  tier: fields.tier.default(3),
  teamId: fields.teamId.default(null),
  urgencyRule: fields.urgencyRule.default({ type: "constant", urgency: "high" }),
  supportHours: fields.supportHours.default(null),
  acknowledgementTimeout: fields.acknowledgementTimeout.default(1800),
  autoResolveTimeout: fields.autoResolveTimeout.default(14_400),
  reopenWithin: fields.reopenWithin.default(null),
  raiseUrgencyAt: fields.raiseUrgencyAt.default(null),
  escalateLowUrgency: fields.escalateLowUrgency.default(false),
  queueLowUrgency: fields.queueLowUrgency.default(false),
  withholdDetails: fields.withholdDetails.default(false),
  feature: fields.feature.default(null),
  component: fields.component.default(null),
  customerFacing: fields.customerFacing.default(false),
  availabilityTarget: fields.availabilityTarget.default(null),
  runbookUrl: fields.runbookUrl.default(null),
  links: fields.links.default([]),
});
export type ServiceInput = z.input<typeof serviceInputSchema>;

/** What is left out stays as it is. */
export const serviceUpdateSchema = z.object(fields).partial().extend({ serviceId: idField });
export type ServiceUpdate = z.input<typeof serviceUpdateSchema>;

export const INTEGRATION_KEY = /^[0-9a-zA-Z]{32}$/;

export const integrationInputSchema = z.object({
  serviceId: idField,
  name: lineField(255),
  type: z.enum(PLAIN_INTEGRATION_TYPES).default("events_api_v2_inbound_integration"),
  /** The tool it is for, where a client names one. */
  vendorId: z.string().max(32).nullable().default(null),
  /** Only for clients that bring the key they had elsewhere. */
  key: z.string().regex(INTEGRATION_KEY, "must be 32 letters and digits").optional(),
});
export type IntegrationInput = z.input<typeof integrationInputSchema>;

export const integrationUpdateSchema = z.object({
  integrationId: idField,
  name: lineField(255).optional(),
  type: z.enum(PLAIN_INTEGRATION_TYPES).optional(),
});
export type IntegrationUpdate = z.input<typeof integrationUpdateSchema>;

export const dependenciesInputSchema = z.object({
  serviceId: idField,
  /** Everything the service uses; replaces what was declared before. */
  supportingIds: z.array(idField).max(200, "takes at most 200 services"),
});
export type DependenciesInput = z.input<typeof dependenciesInputSchema>;

/** What the browser's addresses name. */
export const serviceParams = z.object({ serviceId: idField });
export const integrationParams = z.object({ integrationId: idField });
