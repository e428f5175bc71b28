import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { actedOn, saidOf } from "#lib/alerts/acted";

const verdicts = fc.array(fc.record({ useful: fc.boolean() }));

describe("saidOf", () => {
  it("is useful if it was to anybody, and not if all who answered say so", () => {
    fc.assert(
      fc.property(verdicts, (given) => {
        const useful = given.filter((one) => one.useful).length;
        const expected = given.length === 0 ? null : useful > 0 ? "useful" : "not_useful";
        expect(saidOf(given)).toBe(expected);
      }),
    );
  });
});

describe("actedOn", () => {
  it("is what people said, whatever was done", () => {
    for (const engaged of [true, false]) {
      for (const isOver of [true, false]) {
        expect(actedOn({ said: "useful", engaged, isOver })).toBe("yes");
        expect(actedOn({ said: "not_useful", engaged, isOver })).toBe("no");
      }
    }
  });

  it("is what was done, where nobody said anything", () => {
    expect(actedOn({ said: null, engaged: true, isOver: false })).toBe("yes");
    expect(actedOn({ said: null, engaged: false, isOver: true })).toBe("no");
    expect(actedOn({ said: null, engaged: false, isOver: false })).toBe("waiting");
  });
});
