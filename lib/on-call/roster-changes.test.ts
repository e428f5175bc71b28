import { describe, expect, it } from "vitest";
import { rosterChanges } from "#lib/on-call/roster-changes";

const roster = (people: Record<string, [number, number][]>) =>
  new Map(Object.entries(people).map(([id, spans]) => [id, spans.map(([start, end]) => ({ start, end }))]));
const ALL = { start: 0, end: 100 };

describe("rosterChanges", () => {
  it("are none where everybody has the same hours, however they are cut", () => {
    expect(
      rosterChanges(
        roster({ A: [[0, 10]] }),
        roster({
          A: [
            [0, 4],
            [4, 10],
          ],
        }),
        ALL,
      ),
    ).toEqual([]);
  });

  it("are the hours that somebody has more and less", () => {
    const before = roster({
      A: [
        [0, 10],
        [20, 30],
      ],
      B: [[10, 20]],
    });
    const after = roster({
      A: [
        [0, 10],
        [22, 40],
      ],
      B: [
        [10, 20],
        [20, 22],
      ],
    });
    expect(rosterChanges(before, after, ALL)).toEqual([
      { userId: "A", gained: [{ start: 30, end: 40 }], lost: [{ start: 20, end: 22 }] },
      { userId: "B", gained: [{ start: 20, end: 22 }], lost: [] },
    ]);
  });

  it("tell of those who came and those who are gone", () => {
    expect(rosterChanges(roster({ A: [[0, 10]] }), roster({ B: [[0, 10]] }), ALL)).toEqual([
      { userId: "A", gained: [], lost: [{ start: 0, end: 10 }] },
      { userId: "B", gained: [{ start: 0, end: 10 }], lost: [] },
    ]);
  });

  it("look at the range alone", () => {
    expect(rosterChanges(roster({ A: [[0, 10]] }), roster({ A: [[0, 20]] }), { start: 0, end: 10 })).toEqual(
      [],
    );
    expect(rosterChanges(roster({ A: [[0, 10]] }), roster({}), { start: 5, end: 100 })).toEqual([
      { userId: "A", gained: [], lost: [{ start: 5, end: 10 }] },
    ]);
  });
});
