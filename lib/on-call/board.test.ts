import { expect, test } from "vitest";
import { boardLanes, lengthOf } from "#lib/on-call/board";

const ann = { id: "A", name: "Ann", timeZone: "Europe/Lisbon" };
const layer = { kind: "layer" as const, layerId: "L1", layerName: "Weekly" };
const board = {
  reader: { timeZone: "UTC", locale: "en-GB", hour12: false },
  scheduleZone: "Europe/Berlin",
  windowEnd: Date.parse("2026-10-31T00:00:00Z"),
};
const shift = { start: "2026-10-24T22:00:00Z", end: "2026-10-25T23:00:00Z", user: ann, source: layer };
const override = {
  ...shift,
  start: "2026-10-26T00:00:00Z",
  end: "2026-10-26T08:00:00Z",
  source: { kind: "override" as const, overrideId: "O1" },
};
const schedule = {
  final: { shifts: [shift, override] },
  layers: [
    { id: "L1", name: "Weekly", shifts: [shift] },
    { id: "L2", name: "Weekends", shifts: [] },
  ],
  overrides: [override],
  gaps: [
    { start: "2026-10-25T23:00:00Z", end: "2026-10-26T00:00:00Z", because: "nobody-scheduled" as const },
  ],
};

test("the result comes first, then overrides, then layers from the highest", () => {
  expect(boardLanes(schedule, board).map(({ name }) => name)).toEqual([
    "Final",
    "Overrides",
    "Weekends",
    "Weekly",
  ]);
  expect(boardLanes({ ...schedule, overrides: [] }, board).map(({ name }) => name)).not.toContain(
    "Overrides",
  );
});

test("gaps stand between the shifts", () => {
  const [final] = boardLanes(schedule, board);
  expect(final?.items.map(({ kind }) => kind)).toEqual(["shift", "gap", "override"]);
  expect(final?.items[1]).toMatchObject({ person: null, source: "Nobody is scheduled" });
  expect(final?.items[2]).toMatchObject({ overrideId: "O1", source: "Override" });
});

test("times are shown in the reader's zone and edited in the schedule's", () => {
  const [final] = boardLanes(schedule, board);
  expect(final?.items[0]).toMatchObject({
    span: "Sat 24 Oct 22:00 – Sun 25 Oct 23:00",
    fromLocal: "2026-10-25T00:00",
    untilLocal: "2026-10-26T00:00",
    length: "25 h: the clocks go back",
  });
});

test("a shift without an end reaches to the window's", () => {
  const [final] = boardLanes({ ...schedule, final: { shifts: [{ ...shift, end: null }] }, gaps: [] }, board);
  expect(final?.items[0]?.end).toBe(board.windowEnd);
});

test.each([
  ["2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z", "23 h: the clocks go forward"],
  ["2026-06-01T00:00:00Z", "2026-06-02T00:00:00Z", "1 d"],
  ["2026-06-01T00:00:00Z", "2026-06-01T08:30:00Z", "8 h 30 m"],
])("from %s to %s is %s", (start, end, text) => {
  expect(lengthOf(Date.parse(start), Date.parse(end), "Europe/Berlin")).toBe(text);
});
