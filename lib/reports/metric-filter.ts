import type { Urgency } from "#lib/incidents/vocabulary";

export const METRIC_UNITS = ["day", "week", "month"] as const;
export type MetricUnit = (typeof METRIC_UNITS)[number];

export const METRIC_GROUPS = ["all", "service", "team", "policy"] as const;
export type MetricGroup = (typeof METRIC_GROUPS)[number];

/** Which incidents the analytics interface counts, created in [from, to). An empty list, null or zero means "whatever". */
export type MetricFilter = {
  from: Date;
  to: Date;
  urgency: Urgency | null;
  /** Only major ones, or none of them. */
  major: boolean | null;
  minAcknowledgements: number;
  minTimeoutEscalations: number;
  minManualEscalations: number;
  teamIds: readonly string[];
  serviceIds: readonly string[];
  /** The policy that an incident had last. */
  policyIds: readonly string[];
  priorityIds: readonly string[];
  priorityNames: readonly string[];
  updatedAfter: Date | null;
};

/** Any incident, within whatever range is added to it. */
export const EVERY_METRIC: Omit<MetricFilter, "from" | "to"> = {
  urgency: null,
  major: null,
  minAcknowledgements: 0,
  minTimeoutEscalations: 0,
  minManualEscalations: 0,
  teamIds: [],
  serviceIds: [],
  policyIds: [],
  priorityIds: [],
  priorityNames: [],
  updatedAfter: null,
};
