import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { judgeFlapping } from "#lib/noise/flapping";
import { maintenanceOf, occurrenceAt, occurrencesFrom } from "#lib/noise/maintenance";
import type { MaintenanceWindow } from "#lib/noise/maintenance";
import { isOver, judgeStorm } from "#lib/noise/storm";
import { judgeTransient, recommendedPause } from "#lib/noise/transient";

const NOW = new Date("2026-09-13T17:00:00Z");
const ago = (seconds: number) => new Date(NOW.getTime() - seconds * 1000);

describe("transient alerts", () => {
  const plain = { severity: "warning" as const, tier: 3, priorityRank: null };
  const quick = (count: number, seconds = 60) => Array.from({ length: count }, () => seconds);
  const judge = (alerts: number, selfResolvedAfter: number[], pause = 120, alert = {}) =>
    judgeTransient({ ...plain, ...alert }, { alerts, selfResolvedAfter }, pause);

  test("are of a kind that nearly always ends by itself in time", () => {
    const judged = judge(20, quick(19));
    expect(judged).toMatchObject({ isTransient: true, seconds: 120 });
    expect(judged.because).toBe(
      "19 of 20 alerts of its kind ended by themselves within 120 s (lower bound 0.79)",
    );
  });

  test("few alerts, a small share, or an unsure one are no evidence", () => {
    expect(judge(4, quick(4)).because).toMatch(/^only 4 alerts/);
    expect(judge(20, quick(15)).because).toMatch(/less than four in five/);
    // 4 of 5: the share is reached, its lower bound is 0.42.
    expect(judge(5, quick(4)).because).toMatch(/too few to be sure \(lower bound 0\.42/);
    expect(judge(5, quick(5)).isTransient).toBe(true);
  });

  test("what people ended, or took longer than the pause, counts against it", () => {
    expect(judge(20, quick(10)).isTransient).toBe(false);
    expect(judge(20, quick(20, 200)).isTransient).toBe(false);
    expect(judge(20, quick(20, 200), 300).isTransient).toBe(true);
  });

  test("critical, major and tier 1 are never held", () => {
    expect(judge(50, quick(50), 120, { severity: "critical" }).because).toBe("it is critical");
    expect(judge(50, quick(50), 120, { priorityRank: 2 }).isTransient).toBe(false);
    expect(judge(50, quick(50), 120, { priorityRank: 3 }).isTransient).toBe(true);
    expect(judge(50, quick(50), 120, { tier: 1 }).isTransient).toBe(false);
  });

  test("the recommended pause covers four in five of them, or there is none", () => {
    expect(recommendedPause({ alerts: 5, selfResolvedAfter: [30, 40, 100, 130, 800] })).toBe(300);
    expect(recommendedPause({ alerts: 5, selfResolvedAfter: quick(5, 3000) })).toBeNull();
    expect(judge(10, quick(10, 170), 0)).toMatchObject({ isTransient: true, seconds: 180 });
  });
});

describe("flapping", () => {
  const judge = (seconds: number[], incident: number | null) =>
    judgeFlapping(
      { transitions: seconds.map(ago), lastIncidentAt: incident === null ? null : ago(incident) },
      NOW,
    );

  test("four turns within half an hour are held, until it stays open for ten minutes", () => {
    expect(judge([60, 300, 600, 900], 900)).toMatchObject({ isFlapping: true, seconds: 600 });
    expect(judge([60, 300, 600], 900).isFlapping).toBe(false);
    expect(judge([60, 300, 600, 1800], 900).isFlapping).toBe(false);
  });

  test("never for more than half an hour without an incident", () => {
    expect(judge([60, 300, 600, 900], 1799).isFlapping).toBe(true);
    expect(judge([60, 300, 600, 900], 1800).isFlapping).toBe(false);
    expect(judge([60, 300, 600, 900], null).isFlapping).toBe(false);
  });
});

describe("storms", () => {
  const usual = [1, 0, 2, 1, 0, 1, 3, 0, 1, 2, 0, 1];
  const judge = (before: number, now: number, justNow = 0, baseline = usual) =>
    judgeStorm({ before, now, justNow, baseline }).isStorm;

  test("need two bins in a row far above what is usual", () => {
    expect([judge(12, 15), judge(2, 15), judge(15, 2), judge(4, 4)]).toEqual([true, false, false, false]);
  });

  test("or an outbreak that is plain at once", () => {
    expect([judge(0, 21, 21), judge(0, 20, 20)]).toEqual([true, false]);
    const busy = usual.map((count) => count + 40);
    expect([judge(40, 42, 21, busy), judge(0, 300, 300, busy)]).toEqual([false, true]);
  });

  test("end with a bin that is usual again", () => {
    expect([
      isOver({ now: 1, baseline: [] }),
      isOver({ now: 15, baseline: usual }),
      isOver({ now: 3, baseline: usual }),
    ]).toEqual([true, false, true]);
  });
});

describe("maintenance", () => {
  const windowOf = (values: Partial<MaintenanceWindow> = {}): MaintenanceWindow => ({
    id: "M",
    summary: "Upgrade",
    startsAt: new Date("2026-03-01T01:00:00Z"),
    endsAt: new Date("2026-03-01T03:00:00Z"),
    repeats: "never",
    timeZone: "Europe/Berlin",
    lastsUntil: null,
    endedAt: null,
    label: null,
    serviceIds: ["S"],
    ...values,
  });
  const at = (text: string) => Date.parse(text);

  test("holds from its start to before its end, and no longer once it was ended", () => {
    const holds = (text: string, values = {}) => occurrenceAt(windowOf(values), at(text)) !== null;
    expect(
      ["00:59:59", "01:00:00", "02:59:59", "03:00:00"].map((time) => holds(`2026-03-01T${time}Z`)),
    ).toEqual([false, true, true, false]);
    const endedAt = new Date("2026-03-01T02:00:00Z");
    expect([holds("2026-03-01T01:59:00Z", { endedAt }), holds("2026-03-01T02:00:00Z", { endedAt })]).toEqual([
      true,
      false,
    ]);
  });

  test("repeats at the same time of its own clock, across the change to summer time, until its last day", () => {
    const weekly = windowOf({ repeats: "weekly", lastsUntil: new Date("2026-04-04T00:00:00Z") });
    const starts = occurrencesFrom(weekly, at("2026-03-20T00:00:00Z"), 9).map(({ start }) =>
      new Date(start).toISOString(),
    );
    // 02:00 in Berlin is skipped on March 29 and becomes 03:00; afterwards it is an hour earlier in UTC.
    expect(starts).toEqual(["2026-03-22T01:00:00.000Z", "2026-03-29T01:00:00.000Z"]);
    const daily = occurrencesFrom(windowOf({ repeats: "daily" }), at("2026-04-01T12:00:00Z"), 1);
    expect(new Date(daily[0]!.start).toISOString()).toBe("2026-04-02T00:00:00.000Z");
  });

  test("the occurrence at an instant is the one that a slow search finds", () => {
    const instants = fc.integer({ min: at("2026-01-01T00:00:00Z"), max: at("2027-01-01T00:00:00Z") });
    const hours = fc.integer({ min: 1, max: 30 });
    fc.assert(
      fc.property(
        instants,
        instants,
        hours,
        fc.constantFrom("daily", "weekly" as const),
        (start, instant, length, repeats) => {
          const window = windowOf({
            startsAt: new Date(start),
            endsAt: new Date(start + length * 3_600_000),
            repeats,
          } as Partial<MaintenanceWindow>);
          const all = occurrencesFrom(window, 0, 400);
          const slow = all.find((each) => each.start <= instant && instant < each.end) ?? null;
          expect(occurrenceAt(window, instant)).toEqual(slow);
        },
      ),
    );
  });

  test("is about its services, and only about alerts with its label", () => {
    const alert = {
      serviceId: "S",
      summary: "x",
      source: "db-1",
      severity: "error",
      component: "DB ",
      group: null,
      class: null,
      customDetails: { region: "EU" },
    };
    const held = (values: Partial<MaintenanceWindow>) =>
      maintenanceOf([windowOf(values)], alert, new Date("2026-03-01T02:00:00Z"))?.until.toISOString() ?? null;
    expect(held({})).toBe("2026-03-01T03:00:00.000Z");
    expect(held({ serviceIds: ["T"] })).toBeNull();
    expect(held({ label: { field: "component", value: "db" } })).not.toBeNull();
    expect(held({ label: { field: "custom_details.region", value: "us" } })).toBeNull();
  });
});
