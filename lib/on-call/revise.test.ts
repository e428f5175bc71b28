import { describe, expect, test } from "vitest";
import type { LayerDefinition, ScheduleDefinition } from "#lib/on-call/schedule";
import { continueRotation, eraseLayer, publishDefinition, removeLayer } from "#lib/on-call/revise";
import { resolveSchedule } from "#lib/on-call/resolve";
import { layerOf, onCallAt, onCallDaily, scheduleOf, shiftsIn, weekly } from "#lib/on-call/schedule-fixture";

const START = new Date("2026-01-01T00:00:00Z");
const NOW = new Date("2026-01-05T12:00:00Z");

function definition(...layers: LayerDefinition[]): ScheduleDefinition {
  return { timeZone: "UTC", layers };
}

describe("case 47: an edit keeps today's person", () => {
  const daily = (turns: string) => layerOf(turns, { virtualStart: "2026-01-01T00:00" }, { id: "daily" });
  // A 1st, B 2nd, C 3rd, A 4th, B 5th.
  const previous = daily("A B C");

  function edited(next: LayerDefinition): string {
    const versions = publishDefinition(
      publishDefinition([], definition(previous), START),
      definition(continueRotation(previous, next, NOW, "UTC")),
      NOW,
    );
    return onCallDaily(scheduleOf("UTC", [], { versions }), "2026-01-03T13:00", 7);
  }

  test("when people are reordered", () => expect(edited(daily("B A C"))).toBe("C A B A C B A"));
  test("when somebody is added before them", () => expect(edited(daily("D A B C"))).toBe("C A B C D A B"));
  test("when somebody else is removed", () => expect(edited(daily("B C"))).toBe("C A B C B C B"));
  test("when people turn into groups", () => expect(edited(daily("AD BE"))).toBe("C A BE AD BE AD BE"));
  test("when turns get longer", () =>
    expect(edited(layerOf("A B C", { virtualStart: "2026-01-01T00:00", length: 2 }))).toBe("C A B B C C A"));
  test("when weekends stop counting", () => {
    const restrictions = weekly("Mo Tu We Th Fr", "00:00", 24);
    const rotation = { virtualStart: "2026-01-01T00:00", advance: "worked" as const };
    expect(edited(layerOf("A B C", rotation, { restrictions }))).toBe("C A B C A B C");
  });

  test("but not when they are removed: then the next one comes", () => {
    expect(edited(daily("A C"))).toBe("C A C A C A C");
    expect(edited(daily("X Y"))).toBe("C A X Y X Y X");
  });

  test("also in a repeated hour, whose hand-offs are over", () => {
    const halfHours = layerOf("A B C", { virtualStart: "2026-11-01T01:00", unit: "second", length: 1800 });
    const second = new Date("2026-11-01T06:10:00Z");
    const kept = continueRotation(
      halfHours,
      { ...halfHours, turns: [["C"], ["B"]] },
      second,
      "America/New_York",
    );
    const schedules = [halfHours, kept].map((layer) => scheduleOf("America/New_York", [layer]));
    expect(schedules.map((schedule) => onCallAt(schedule, second.toISOString()))).toEqual(["B", "B"]);
  });

  test("where a person is twice, in the same place", () => {
    const before = daily("A B A C");
    const keep = continueRotation(before, daily("A B A C D"), new Date("2026-01-07T12:00:00Z"), "UTC");
    const schedule = scheduleOf("UTC", [keep]);
    expect(onCallDaily(schedule, "2026-01-07T13:00", 3)).toBe("A C D");
  });
});

describe("case 48: history never changes", () => {
  test("publishing closes what was in force and begins the next", () => {
    const first = publishDefinition([], definition(layerOf("A")), START);
    const second = publishDefinition(first, definition(layerOf("B")), NOW);
    const schedule = scheduleOf("UTC", [], { versions: second });
    expect(shiftsIn(schedule, "2026-01-04T00:00", "2026-01-07T00:00")).toEqual([
      "A 2026-01-04T00:00Z/2026-01-05T12:00Z",
      "B 2026-01-05T12:00Z/2026-01-07T00:00Z",
    ]);
    expect(second[0]).toEqual({ ...first[0], effectiveTo: NOW });
  });

  test("an edit of a version not yet begun replaces it", () => {
    const future = publishDefinition([], definition(layerOf("A")), new Date("2026-02-01T00:00:00Z"));
    expect(publishDefinition(future, definition(layerOf("B")), NOW)).toEqual([
      { ...future[0], definition: definition(layerOf("B")) },
    ]);
  });

  test("a layer that goes on under a new version is one shift", () => {
    const layer = layerOf("A");
    const versions = publishDefinition(
      publishDefinition([], definition(layer), START),
      definition(layer, layerOf("B", {}, { startsAt: new Date("2027-01-01T00:00:00Z") })),
      NOW,
    );
    expect(shiftsIn(scheduleOf("UTC", [], { versions }), "2026-01-04T00:00", "2026-01-07T00:00")).toEqual([
      "A 2026-01-04T00:00Z/2026-01-07T00:00Z",
    ]);
  });

  test("a person who changes layers with a version changes source with it", () => {
    const [below, above] = [
      layerOf("A", {}, { id: "below" }),
      layerOf("A", {}, { id: "above", together: true }),
    ];
    const versions = publishDefinition(
      publishDefinition([], definition(below), START),
      definition(below, above),
      NOW,
    );
    const schedule = scheduleOf("UTC", [], { versions });
    const window = { start: new Date(NOW.getTime() - 1000), end: new Date(NOW.getTime() + 1000) };
    expect(resolveSchedule(schedule, window)).toMatchObject([
      { start: window.start, end: NOW, source: { layerId: "below" } },
      { start: NOW, end: window.end, source: { layerId: "above" } },
    ]);
  });

  test("removing a layer ends it if it has begun and drops it if it has not", () => {
    const started = layerOf("A", {}, { startsAt: START });
    const future = layerOf("B", {}, { startsAt: new Date("2026-02-01T00:00:00Z") });
    const over = layerOf("C", {}, { startsAt: START, endsAt: new Date("2026-01-03T00:00:00Z") });
    const all = definition(started, future, over);
    expect(removeLayer(all, started.id, NOW).layers).toEqual([{ ...started, endsAt: NOW }, future, over]);
    expect(removeLayer(all, future.id, NOW).layers).toEqual([started, over]);
    expect(removeLayer(all, over.id, NOW)).toEqual(all);
  });

  test("erasing a layer rejoins the versions it had parted", () => {
    const [kept, mistake] = [layerOf("A"), layerOf("B")];
    const versions = publishDefinition(
      publishDefinition([], definition(kept), START),
      definition(kept, mistake),
      NOW,
    );
    expect(eraseLayer(versions, mistake.id)).toEqual([
      { definition: definition(kept), effectiveFrom: START, effectiveTo: null },
    ]);
    expect(eraseLayer(versions, kept.id)).toHaveLength(2);
    expect(versions).toHaveLength(2);
  });
});
