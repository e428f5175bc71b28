import { deadlineOf } from "#lib/service-levels/deadline";
import type { Pause } from "#lib/service-levels/deadline";
import { targetFor } from "#lib/service-levels/policy";
import type { ServiceLevelPolicy } from "#lib/service-levels/policy";
import type { ServiceLevelMetric } from "#lib/service-levels/vocabulary";
import type { SupportHours } from "#lib/services/service";

/** What a promise about an incident is measured by; instants in epoch milliseconds. */
export type MeasuredIncident = {
  createdAt: number;
  detectedAt: number;
  firstPageAt: number | null;
  firstAckAt: number | null;
  firstEngagedAt: number | null;
  mitigatedAt: number | null;
  resolvedAt: number | null;
  priority: number | null;
  tier: number;
  hours: SupportHours | null;
  snoozes: readonly Pause[];
};

export type Measured = {
  targetMs: number;
  startedAt: number;
  atRiskAt: number | null;
  dueAt: number | null;
  /** When it was done, or was over without; null: it runs. */
  endedAt: number | null;
  /** Whether what was promised happened. */
  reached: boolean;
};

/** How a promise applies to an incident; null: nothing was promised for its kind. */
export function measure(policy: ServiceLevelPolicy, incident: MeasuredIncident): Measured | null {
  const target = targetFor(policy.targets, incident);
  if (!target) return null;
  const { startedAt, reachedAt } = SPANS[policy.metric](incident);
  const targetMs = target.minutes * 60_000;
  const endedAt = reachedAt ?? incident.resolvedAt;
  const pauses = policy.pausesWhileSnoozed
    ? // What began after the end says nothing about it.
      incident.snoozes.filter(({ start }) => endedAt === null || start < endedAt)
    : [];
  const hours = policy.calendar === "support_hours" ? incident.hours : null;
  return {
    targetMs,
    startedAt,
    ...deadlineOf({ startedAt, targetMs, hours, pauses }),
    endedAt,
    reached: reachedAt !== null,
  };
}

const SPANS: Record<
  ServiceLevelMetric,
  (incident: MeasuredIncident) => { startedAt: number; reachedAt: number | null }
> = {
  respond: ({ detectedAt, firstEngagedAt }) => ({ startedAt: detectedAt, reachedAt: firstEngagedAt }),
  // Who acknowledges before any page went out was faster than promised.
  acknowledge: ({ createdAt, firstPageAt, firstAckAt }) => ({
    startedAt: firstPageAt ?? createdAt,
    reachedAt: firstAckAt,
  }),
  // Resolved is mitigated, if nobody said when.
  mitigate: ({ detectedAt, mitigatedAt, resolvedAt }) => ({
    startedAt: detectedAt,
    reachedAt: mitigatedAt ?? resolvedAt,
  }),
  resolve: ({ createdAt, resolvedAt }) => ({ startedAt: createdAt, reachedAt: resolvedAt }),
};
