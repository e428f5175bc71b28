import type { changeEvents } from "#db/schema/events";
import type { InsertedService } from "#db/seed/demo/insert-services";
import { TURNING_POINTS } from "#db/seed/demo/plan-incidents";
import { newId } from "#lib/ids";
import { pick } from "#lib/statistics/random";
import type { Random } from "#lib/statistics/random";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const CHANGES = 700;
const KINDS = ["Release", "Release", "Release", "Flag turned on", "Configuration changed"] as const;

/** Releases and other changes of the past thirteen months, on working days, and the two that mattered. */
export function planChanges(
  services: readonly InsertedService[],
  now: number,
  random: Random,
): (typeof changeEvents.$inferInsert)[] {
  const usual = Array.from({ length: CHANGES }, (_, index) => {
    const service = pick(random, services);
    const at = workingTime(now - 395 * DAY + random() * 394 * DAY, random);
    return changeOf(
      service,
      Math.min(at, now - HOUR),
      `${pick(random, KINDS)} ${2100 + index}: ${service.name}`,
    );
  });
  const notable = services.flatMap((service) => {
    if (service.name === "Contest engine")
      return changeOf(
        service,
        now - TURNING_POINTS.fantasyRewrite * DAY,
        "Release: the contest engine, rewritten",
      );
    if (service.name === "Bet slip")
      return changeOf(
        service,
        now - TURNING_POINTS.problemBegan * DAY,
        "Release: price changes are confirmed in place",
      );
    return [];
  });
  return [...usual, ...notable].toSorted((a, b) => a.at.getTime() - b.at.getTime());
}

function workingTime(near: number, random: Random): number {
  const day = Math.floor(near / DAY) * DAY;
  const weekday = new Date(day).getUTCDay();
  const shifted = weekday === 0 ? day + DAY : weekday === 6 ? day + 2 * DAY : day;
  return shifted + (14 + random() * 7) * HOUR;
}

function changeOf(service: InsertedService, at: number, summary: string) {
  const instant = new Date(Math.round(at));
  return {
    id: newId(instant.getTime()),
    serviceId: service.id,
    integrationId: service.integrationId,
    summary,
    source: "continuous-delivery",
    at: instant,
    receivedAt: instant,
  };
}
