import { z } from "zod";
import { AppError } from "#lib/errors";
import { readTimeZone } from "#lib/http/wire/time-zone";
import { wireInstantSchema } from "#lib/http/wire/read-instant";
import { URGENCIES } from "#lib/incidents/vocabulary";
import { METRIC_UNITS } from "#lib/reports/metric-filter";
import type { MetricFilter } from "#lib/reports/metric-filter";
import { RAW_ORDERS } from "#lib/reports/queries/raw-incidents";

const DAY = 86_400_000;
const LONGEST_DAYS = 366;

const ids = z.array(z.string().max(255)).max(1000).nullish();
const least = z.int().min(0).nullish();

const filtersSchema = z
  .looseObject({
    created_at_start: wireInstantSchema.nullish(),
    created_at_end: wireInstantSchema.nullish(),
    date_range_start: wireInstantSchema.nullish(),
    date_range_end: wireInstantSchema.nullish(),
    updated_after: wireInstantSchema.nullish(),
    urgency: z.enum(URGENCIES).nullish(),
    major: z.boolean().nullish(),
    min_acknowledgements: least,
    min_ackowledgements: least.describe("As the original spells it."),
    min_timeout_escalations: least,
    min_manual_escalations: least,
    team_ids: ids,
    service_ids: ids,
    escalation_policy_ids: ids,
    priority_ids: ids,
    priority_names: ids,
  })
  .nullish();

const timeZone = z
  .string()
  .nullish()
  .transform((name, check) => {
    if (!name) return "Etc/UTC";
    const zone = readTimeZone(name);
    if (zone !== null) return zone;
    check.addIssue({ code: "custom", message: "is not a time zone" });
    return z.NEVER;
  });

/** What is asked of metrics. The answer repeats it beside the data. */
export const metricsBody = z.looseObject({
  filters: filtersSchema,
  time_zone: timeZone,
  aggregate_unit: z.enum(METRIC_UNITS).nullish(),
  order: z.enum(["asc", "desc"]).nullish(),
  order_by: z.string().max(100).nullish(),
});

export const rawIncidentsBody = z.looseObject({
  filters: filtersSchema,
  time_zone: timeZone,
  limit: z.int().min(1).max(1000).nullish(),
  starting_after: z.string().max(500).nullish(),
  ending_before: z.string().max(500).nullish(),
  order: z.enum(["asc", "desc"]).nullish(),
  order_by: z.enum(RAW_ORDERS).nullish(),
});

/**
 * The filter that is meant: a year back from its end (or now) unless it says from when. Throws `invalid` for more than a year, or a range
 * that ends before it begins.
 */
export function metricFilterOf(filters: z.infer<typeof filtersSchema>, now: Date): MetricFilter {
  const given = filters ?? {};
  const { from, to } = rangeOf(given, now);
  if (from >= to || to.getTime() - from.getTime() > LONGEST_DAYS * DAY) {
    throw new AppError("invalid", "The range must end after it begins, and be no longer than a year.", {
      wireCode: 2005,
    });
  }
  return { from, to, ...traitsOf(given), ...listsOf(given) };
}

function rangeOf(given: Given, now: Date) {
  const to = given.created_at_end ?? given.date_range_end ?? now;
  const from = given.created_at_start ?? given.date_range_start ?? new Date(to.getTime() - 365 * DAY);
  return { from, to };
}

type Given = NonNullable<z.infer<typeof filtersSchema>>;

function traitsOf(given: Given) {
  return {
    urgency: given.urgency ?? null,
    major: given.major ?? null,
    minAcknowledgements: given.min_acknowledgements ?? given.min_ackowledgements ?? 0,
    minTimeoutEscalations: given.min_timeout_escalations ?? 0,
    minManualEscalations: given.min_manual_escalations ?? 0,
    updatedAfter: given.updated_after ?? null,
  };
}

function listsOf(given: Given) {
  return {
    teamIds: given.team_ids ?? [],
    serviceIds: given.service_ids ?? [],
    policyIds: given.escalation_policy_ids ?? [],
    priorityIds: given.priority_ids ?? [],
    priorityNames: given.priority_names ?? [],
  };
}
