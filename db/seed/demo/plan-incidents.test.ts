import fc from "fast-check";
import { expect, test } from "vitest";
import { SERVICES } from "#db/seed/demo/catalogue";
import type { InsertedService } from "#db/seed/demo/insert-services";
import { isGameDay, planIncidents } from "#db/seed/demo/plan-incidents";
import { PROBLEM_TITLE } from "#db/seed/demo/titles";
import type { PolicySnapshot } from "#lib/escalation/policy";
import { randomFrom } from "#lib/statistics/random";

const DAY = 86_400_000;
const policy = {
  policyId: "",
  name: "",
  numLoops: 0,
  fallback: null,
  levels: [],
} as unknown as PolicySnapshot;
const services = SERVICES.map((service): InsertedService => ({
  ...service,
  id: service.name,
  integrationId: "",
  key: "",
  policy,
}));

test("whenever the demo is made, its fault has come back in the last four weeks and hardly before", () => {
  fc.assert(
    fc.property(
      fc.date({ min: new Date("2025-01-01"), max: new Date("2035-01-01"), noInvalidDate: true }),
      (date) => {
        const now = date.getTime();
        const planned = planIncidents(services, now, 1_200, randomFrom(1));
        expect(planned).toHaveLength(1_200);
        expect(planned.map(({ at }) => at)).toEqual(planned.map(({ at }) => at).toSorted((a, b) => a - b));
        const again = planned.filter(({ title }) => title === PROBLEM_TITLE);
        const recent = again.filter(({ at }) => at > now - 28 * DAY);
        expect(recent.length).toBeGreaterThanOrEqual(6);
        expect(recent.every(({ at }) => isGameDay(at) && at < now)).toBe(true);
        expect(again.length - recent.length).toBeLessThan(recent.length);
      },
    ),
    { numRuns: 30 },
  );
});
