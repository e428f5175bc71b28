import { describe, expect, test } from "vitest";
import {
  changesBetween,
  documentOf,
  draftOf,
  drawableDocument,
  handOffOf,
  moved,
  withHandOff,
  withUnit,
} from "#lib/on-call/editor-draft";

const rotation = { virtualStart: "2026-03-02T09:00", unit: "week", length: 1, advance: "clock" } as const;
const layer = (id: string, turns: string[][]) => ({
  id,
  name: id,
  startsAt: "2026-01-01T00:00:00.000Z",
  endsAt: null,
  rotation,
  turns,
  restrictions: [],
  ownHours: [],
  calendarId: null,
  together: false,
});
const published = {
  name: "Primary",
  description: null,
  timeZone: "Europe/Berlin",
  team: { id: "T" },
  layers: [layer("L1", [["A"], ["B", "C"]]), layer("L2", [["D"]])],
  offDuty: [],
};
const base = draftOf(published);
const [first, second] = base.layers;
if (!first || !second) throw new Error("The fixture has two layers.");

describe("a draft", () => {
  test("that nobody touched is what is in force", () => {
    const { team: _team, ...rest } = published;
    expect(documentOf(base)).toEqual({ ...rest, description: "", teamId: "T" });
    expect(changesBetween(base, draftOf(published))).toEqual([]);
  });

  test("has no ids for what is new, no start for what begins now, and no turns of nobody", () => {
    const added = { ...first, key: "x", id: null, startsAt: null, turns: [{ key: "y", userIds: [] }] };
    const [made] = documentOf({ ...base, layers: [added] }).layers;
    expect(made).not.toHaveProperty("id");
    expect(made).not.toHaveProperty("startsAt");
    expect(made).not.toHaveProperty("key");
    expect(made?.turns).toEqual([]);
  });

  test("can be drawn before it has names", () => {
    const nameless = { ...base, name: " ", layers: [{ ...first, name: "" }] };
    expect(drawableDocument(nameless)).toMatchObject({
      name: "New schedule",
      layers: [{ name: "New layer" }],
    });
  });
});

describe("changes are named", () => {
  test("of settings and of each layer", () => {
    const draft = {
      ...base,
      name: "Secondary",
      layers: [{ ...first, turns: first.turns.toReversed(), rotation: { ...rotation, length: 2 } }, second],
    };
    expect(changesBetween(base, draft)).toEqual(["Name", "Layer L1: people, length of turns"]);
  });

  test("layers that come, go and change places", () => {
    expect(changesBetween(base, { ...base, layers: [second, first] })).toEqual(["Order of layers"]);
    const added = { ...second, key: "new", name: "Nights" };
    expect(changesBetween(base, { ...base, layers: [second, added] })).toEqual([
      "Layer Nights added",
      "Layer L1 ends",
    ]);
  });
});

test("things move one place and stop at the ends", () => {
  expect(moved(["a", "b", "c"], 0, 1)).toEqual(["b", "a", "c"]);
  expect(moved(["a", "b", "c"], 2, -1)).toEqual(["a", "c", "b"]);
  expect(moved(["a", "b"], 0, -1)).toEqual(["a", "b"]);
  expect(moved(["a", "b"], 1, 1)).toEqual(["a", "b"]);
});

describe("hand-offs", () => {
  test("keep the time when the weekday changes, and the weekday when the time does", () => {
    expect(handOffOf(rotation)).toEqual({ weekday: 1, monthDay: 2, time: "09:00" });
    expect(withHandOff(rotation, { weekday: 7 }).virtualStart).toBe("2026-03-08T09:00");
    expect(withHandOff(rotation, { time: "17:30" }).virtualStart).toBe("2026-03-02T17:30");
  });

  test("of months may be on any day", () => {
    expect(withHandOff(rotation, { monthDay: 31 }).virtualStart).toBe("2026-01-31T09:00");
  });

  test("stay what they were when the time is none yet", () => {
    expect(withHandOff(rotation, { time: "" })).toEqual(rotation);
  });
});

test("another unit drops what it can't have", () => {
  expect(withUnit({ ...rotation, shiftSeconds: 60 }, "day")).toEqual({ ...rotation, unit: "day" });
  expect(withUnit({ ...rotation, advance: "worked" }, "second").advance).toBe("clock");
});
