import { describe, expect, it } from "vitest";
import { calendarSegments, refreshedSpans, strangerId } from "#lib/on-call/calendar-segments";
import type { CalendarSpan } from "#lib/on-call/calendar-segments";
import { findEmptyShifts, findGaps } from "#lib/on-call/coverage";
import { resolveSchedule, whoIsOnCall } from "#lib/on-call/resolve";
import type { LayerDefinition, ScheduleFacts } from "#lib/on-call/schedule";
import { scheduleWarnings } from "#lib/on-call/warnings";
import { nextShift } from "#lib/on-call/shift-span";

const HOUR = 3_600_000;
const DAY = Date.parse("2026-03-02T00:00:00Z");
const at = (hour: number) => new Date(DAY + hour * HOUR);

function span(userId: string | null, from: number, to: number, priority = 0): CalendarSpan {
  return {
    start: DAY + from * HOUR,
    end: DAY + to * HOUR,
    userId,
    label: userId ?? "Somebody",
    priority,
  };
}

const ROTATION = { virtualStart: "2026-01-05T00:00", unit: "week", length: 1, advance: "clock" } as const;

function layer(id: string, values: Partial<LayerDefinition>): LayerDefinition {
  return {
    id,
    name: id,
    startsAt: new Date(DAY - 100 * HOUR),
    endsAt: null,
    rotation: ROTATION,
    turns: [],
    restrictions: [],
    together: false,
    ...values,
  };
}

/** A calendar over a layer that Zoe always has, as the schedule's facts hold them. */
function facts(spans: CalendarSpan[], active = ["A", "B", "C", "Z"]): ScheduleFacts {
  const activeUserIds = new Set(active);
  const given = calendarSegments(spans, (id) => activeUserIds.has(id));
  const layers = [layer("always", { turns: [["Z"]] }), layer("calendar", { calendarId: "Q1", ...given })];
  return {
    timeZone: "Etc/UTC",
    versions: [
      { definition: { timeZone: "Etc/UTC", layers }, effectiveFrom: new Date(0), effectiveTo: null },
    ],
    overrides: [],
    activeUserIds,
  };
}

const alone = (of: ScheduleFacts): ScheduleFacts => ({
  ...of,
  versions: of.versions.map((version) => ({
    ...version,
    definition: { ...version.definition, layers: version.definition.layers.slice(1) },
  })),
});

const shown = (of: ScheduleFacts, from = 0, to = 24) =>
  resolveSchedule(of, { start: at(from), end: at(to) }).map(
    ({ userId, start, end }) => `${userId} ${(start.getTime() - DAY) / HOUR}-${(end.getTime() - DAY) / HOUR}`,
  );

describe("case 96: a calendar as a layer", () => {
  it("puts whom the calendar names over the layers below", () => {
    expect(shown(facts([span("A", 9, 17)]))).toEqual(["Z 0-9", "A 9-17", "Z 17-24"]);
  });

  it("has everybody on call whose events overlap, of the same priority", () => {
    expect(shown(alone(facts([span("A", 0, 24), span("B", 12, 14)])))).toEqual(["A 0-24", "B 12-14"]);
  });

  it("lets the higher priority hide the lower", () => {
    expect(shown(alone(facts([span("A", 0, 24), span("B", 12, 14, 2)])))).toEqual([
      "A 0-12",
      "B 12-14",
      "A 14-24",
    ]);
  });

  it("never lets somebody unknown or unavailable hide anybody", () => {
    expect(shown(facts([span(null, 9, 17)]))).toEqual(["Z 0-24"]);
    expect(shown(facts([span("gone", 9, 17)]))).toEqual(["Z 0-24"]);
    expect(shown(alone(facts([span("A", 0, 24), span(null, 12, 14, 2)])))).toEqual(["A 0-24"]);
  });

  it("shows an event of somebody unknown as an empty shift and as a gap", () => {
    const unknown = alone(facts([span("A", 0, 9), span(null, 9, 17), span("B", 17, 24)]));
    const day = { start: at(0), end: at(24) };
    expect(whoIsOnCall(unknown, at(10))).toEqual([]);
    expect(findGaps(unknown, day)).toEqual([{ start: at(9), end: at(17), because: "nobody-available" }]);
    expect(findEmptyShifts(unknown, day)).toEqual([
      {
        start: at(9),
        end: at(17),
        userIds: [strangerId("Somebody")],
        source: { kind: "layer", layerId: "calendar" },
      },
    ]);
  });

  it("warns of somebody unknown once, however often the calendar names them", () => {
    const weeks = [9, 33, 57].map((hour) => span(null, hour, hour + 8));
    const warnings = scheduleWarnings(alone(facts(weeks)), { start: at(0), end: at(100) });
    expect(warnings.filter(({ kind }) => kind === "empty-shift")).toMatchObject([
      { start: at(9), end: at(17) },
    ]);
  });

  it("says who is on call at an instant as the drawing does, and knows when a person is next", () => {
    const of = facts([span("A", 9, 17), span("A", 33, 41)]);
    expect(whoIsOnCall(of, at(9)).map(({ userId }) => userId)).toEqual(["A"]);
    expect(whoIsOnCall(of, at(17)).map(({ userId }) => userId)).toEqual(["Z"]);
    expect(nextShift(of, at(10), "A")).toMatchObject({ start: at(33), end: at(41) });
    expect(nextShift(alone(of), at(40))).toBeNull();
  });

  it("makes one segment of what touches", () => {
    const { segments, turns } = calendarSegments(
      [span("A", 0, 9), span("A", 9, 17), span("B", 20, 21)],
      () => true,
    );
    expect(turns).toEqual([["A"], ["B"]]);
    expect(segments).toEqual([
      { start: DAY, end: DAY + 17 * HOUR, group: 0 },
      { start: DAY + 20 * HOUR, end: DAY + 21 * HOUR, group: 1 },
    ]);
  });
});

describe("reading a calendar again", () => {
  const now = DAY + 12 * HOUR;
  const after = (stored: CalendarSpan[], read: CalendarSpan[]) =>
    refreshedSpans(stored, read, now).map(
      (it) => `${it.userId} ${(it.start - DAY) / HOUR}-${(it.end - DAY) / HOUR}`,
    );

  it("changes nothing where nothing changed", () => {
    const all = [span("A", 0, 9), span("B", 9, 15), span("C", 15, 24)];
    expect(refreshedSpans(all, all, now)).toEqual(all);
    expect(refreshedSpans(all, all.slice(1), now)).toEqual(all);
  });

  it("keeps what was, and cuts what runs where the calendar now says otherwise", () => {
    expect(after([span("A", 0, 9), span("B", 9, 15)], [span("C", 0, 24)])).toEqual([
      "A 0-9",
      "B 9-12",
      "C 12-24",
    ]);
  });

  it("prolongs and shortens what runs", () => {
    expect(after([span("A", 9, 15)], [span("A", 9, 20)])).toEqual(["A 9-20"]);
    expect(after([span("A", 9, 15)], [span("A", 9, 13)])).toEqual(["A 9-13"]);
    expect(after([span("A", 9, 15)], [])).toEqual(["A 9-12"]);
  });

  it("takes and drops what is to come", () => {
    expect(after([span("A", 20, 22)], [span("B", 21, 22)])).toEqual(["B 21-22"]);
  });
});
