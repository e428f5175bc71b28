import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { describe, expect, test } from "vitest";
import { entriesAt } from "#lib/on-call/instant";
import { resolveSchedule } from "#lib/on-call/resolve";
import type { ScheduleFacts, ShiftSource } from "#lib/on-call/schedule";
import { sceneIn } from "#lib/testing/random-schedules";
import { SCHEDULE_RUNS, SCHEDULE_SEED } from "#lib/testing/schedule-runs";
import { oracleOf } from "#lib/testing/schedule-oracle";

const MINUTE = 60_000;

/** Every zone whose clocks changed in the last five years, with the day of each of its last changes: found by looking, not listed. */
function changesOfFiveYears(): (readonly [zone: string, date: string])[] {
  const now = Temporal.Now.instant();
  const first = now.subtract({ hours: 5 * 365 * 24 });
  return Intl.supportedValuesOf("timeZone").flatMap((zone) => {
    const changes: (readonly [string, string])[] = [];
    let moment = first.toZonedDateTimeISO(zone);
    for (;;) {
      const next = moment.getTimeZoneTransition("next");
      if (!next || Temporal.Instant.compare(next.toInstant(), now) > 0) return changes.slice(-3);
      changes.push([zone, next.toInstant().toString().slice(0, 10)]);
      moment = next;
    }
  });
}

function textOf({ userId, source }: { userId: string; source: ShiftSource }): string {
  return `${userId} ${source.kind === "layer" ? `layer ${source.layerId}` : `override ${source.overrideId}`}`;
}

/** The first minute at which drawing, asking and the oracle don't say the same; null: there is none. */
function firstDifference(facts: ScheduleFacts, from: number, minutes: number): string | null {
  const oracle = oracleOf(facts, from);
  const end = from + minutes * MINUTE;
  const shifts = resolveSchedule(facts, { start: new Date(from), end: new Date(end) });
  for (let at = from; at < end; at += MINUTE) {
    const said = String(oracle(at));
    const drawn = shifts.filter((it) => it.start.getTime() <= at && at < it.end.getTime()).map(textOf);
    const asked = entriesAt(facts, at).map(textOf);
    if (String(drawn.toSorted()) !== said || String(asked.toSorted()) !== said) {
      return `${new Date(at).toISOString()}: oracle ${said}; drawn ${String(drawn)}; asked ${String(asked)}`;
    }
  }
  return null;
}

describe("schedules in every zone whose clocks changed in the last five years", () => {
  const places = changesOfFiveYears();
  const zones = new Set(places.map(([zone]) => zone));

  test("are found by looking at the zones themselves", () => {
    expect(zones).toContain("Europe/Berlin");
    expect(zones).toContain("Africa/Casablanca");
    expect(zones).not.toContain("Asia/Kolkata");
    expect(zones.size).toBeGreaterThan(100);
  });

  test(
    `agree at every minute with the oracle: ${SCHEDULE_RUNS} schedules over ${zones.size} zones, seed ${SCHEDULE_SEED}`,
    { timeout: 30 * 60_000 },
    () => {
      fc.assert(
        fc.property(sceneIn(places), ({ facts, from, minutes }) => {
          expect(firstDifference(facts, from, minutes)).toBeNull();
        }),
        { numRuns: SCHEDULE_RUNS, seed: SCHEDULE_SEED },
      );
    },
  );
});
