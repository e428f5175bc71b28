import { z } from "zod";
import { SUPPORT_HOURS_BOUNDARIES } from "#lib/alerts/support-hours";
import { one, referenceSchema, words } from "#lib/http/wire/common-schemas";
import { pagingQuery } from "#lib/http/wire/list";
import { readTimeZone } from "#lib/http/wire/time-zone";
import type { ServiceInput } from "#lib/services/schemas";

const constant = z.object({
  type: z.literal("constant").default("constant"),
  urgency: z.enum(["high", "low", "severity_based"]),
});

const urgencyRule = z.union([
  z.object({
    type: z.literal("use_support_hours"),
    during_support_hours: constant,
    outside_support_hours: constant,
  }),
  constant,
]);

const supportHours = z.object({
  time_zone: z.string().transform((name) => readTimeZone(name) ?? name),
  start_time: z.string(),
  end_time: z.string(),
  days_of_week: z.array(z.number().int()),
});

/** Terraform's provider sends `[null]` where none is configured. */
const scheduledActions = z
  .array(
    z
      .object({
        type: z.literal("urgency_change").default("urgency_change"),
        to_urgency: z.literal("high"),
        at: z.object({
          type: z.literal("named_time").default("named_time"),
          name: z.enum(SUPPORT_HOURS_BOUNDARIES),
        }),
      })
      .nullable(),
  )
  .transform((actions) => actions.filter((action) => action !== null))
  .refine((actions) => actions.length <= 1, "takes at most one action");

/** Seconds; clients write 0 for "off" as well as null. */
const timeout = z
  .number()
  .int()
  .min(0)
  .nullish()
  .transform((seconds) => (seconds === 0 ? null : seconds));

export const serviceBody = z.object({
  name: z.string().optional(),
  description: z.string().nullish(),
  status: z.string().nullish(),
  escalation_policy: referenceSchema.nullish(),
  auto_resolve_timeout: timeout,
  acknowledgement_timeout: timeout,
  incident_urgency_rule: urgencyRule.nullish(),
  support_hours: supportHours.nullish(),
  scheduled_actions: scheduledActions.nullish(),
});

export const servicesQuery = z.object({
  ...pagingQuery,
  query: one.describe("Part of the name, or an integration key."),
  name: one,
  team_ids: words,
  sort_by: one,
  include: words,
  time_zone: one,
});

type Body = z.infer<typeof serviceBody>;

/** The settings that the body mentions, in the command's words; what it leaves out stays out. */
export function toServiceFields(body: Body): Partial<ServiceInput> {
  const rule = body.incident_urgency_rule;
  const hours = body.support_hours;
  return defined({
    name: body.name,
    description: body.description,
    escalationPolicyId: body.escalation_policy?.id,
    autoResolveTimeout: body.auto_resolve_timeout,
    acknowledgementTimeout: body.acknowledgement_timeout,
    urgencyRule: rule ? toUrgencyRule(rule) : undefined,
    supportHours: hours && toSupportHours(hours),
    raiseUrgencyAt: toRaiseUrgencyAt(body),
  });
}

/** Without support hours there is nothing left to raise it by. */
function toRaiseUrgencyAt(body: Body): ServiceInput["raiseUrgencyAt"] {
  const { scheduled_actions: actions, support_hours: hours } = body;
  if (actions === undefined) return hours === null ? null : undefined;
  return actions?.[0]?.at.name ?? null;
}

function toUrgencyRule(rule: z.infer<typeof urgencyRule>): ServiceInput["urgencyRule"] {
  if (rule.type === "constant") return rule;
  return {
    type: rule.type,
    duringSupportHours: rule.during_support_hours,
    outsideSupportHours: rule.outside_support_hours,
  };
}

function toSupportHours(hours: z.infer<typeof supportHours>): ServiceInput["supportHours"] {
  return {
    timeZone: hours.time_zone,
    startTime: hours.start_time,
    endTime: hours.end_time,
    daysOfWeek: hours.days_of_week,
  };
}

/** Without the keys whose value is undefined: absent and undefined mean the same to clients, not to us. */
function defined<T extends Record<string, unknown>>(fields: T): Partial<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<T>;
}
