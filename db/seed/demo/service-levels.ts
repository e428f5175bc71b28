import type { serviceLevelPolicies } from "#db/schema/service-levels";
import { newId } from "#lib/ids";

type Level = typeof serviceLevelPolicies.$inferInsert;

/** What the demo promises: to acknowledge, to mitigate what is major, and to resolve. */
export function demoServiceLevels(since: Date): Level[] {
  const made = { effectiveFrom: since, isDemo: true, createdAt: since, updatedAt: since };
  const always = { calendar: "always" as const, pausesWhileSnoozed: false };
  return [
    {
      id: newId(since.getTime()),
      name: "Acknowledged in time",
      metric: "acknowledge",
      goalPercent: 90,
      targets: [
        { priority: 1, tier: null, minutes: 5 },
        { priority: 2, tier: null, minutes: 10 },
        { priority: null, tier: 1, minutes: 15 },
        { priority: null, tier: null, minutes: 60 },
      ],
      ...always,
      ...made,
    },
    {
      id: newId(since.getTime()),
      name: "Majors mitigated",
      metric: "mitigate",
      goalPercent: 80,
      targets: [
        { priority: 1, tier: null, minutes: 60 },
        { priority: 2, tier: null, minutes: 120 },
      ],
      ...always,
      ...made,
    },
    {
      id: newId(since.getTime()),
      name: "Resolved in a working day",
      metric: "resolve",
      goalPercent: 95,
      targets: [{ priority: null, tier: null, minutes: 480 }],
      calendar: "support_hours",
      pausesWhileSnoozed: true,
      ...made,
    },
  ];
}
