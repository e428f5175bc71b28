import type { ServiceLevelCalendar, ServiceLevelMetric } from "#lib/service-levels/vocabulary";

/** So many minutes for incidents of this priority on services of this tier; null: of any. Priority is a rank: 1 is P1. */
export type ServiceLevelTarget = { priority: number | null; tier: number | null; minutes: number };

export type ServiceLevelPolicy = {
  id: string;
  name: string;
  metric: ServiceLevelMetric;
  calendar: ServiceLevelCalendar;
  pausesWhileSnoozed: boolean;
  targets: readonly ServiceLevelTarget[];
};

/** The target that fits an incident best: of its priority and tier, else of its priority, else of its tier, else of any. */
export function targetFor(
  targets: readonly ServiceLevelTarget[],
  incident: { priority: number | null; tier: number },
): ServiceLevelTarget | null {
  const fitting = targets.filter(
    ({ priority, tier }) =>
      (priority === null || priority === incident.priority) && (tier === null || tier === incident.tier),
  );
  const weight = ({ priority, tier }: ServiceLevelTarget) =>
    Number(priority !== null) * 2 + Number(tier !== null);
  return fitting.toSorted((a, b) => weight(b) - weight(a))[0] ?? null;
}
