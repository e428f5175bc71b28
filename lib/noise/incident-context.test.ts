import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { judgeOutlier } from "#lib/noise/outlier";
import { rankPast } from "#lib/noise/past-incidents";
import { rankRelated } from "#lib/noise/related-incidents";
import type { RelatedCandidate } from "#lib/noise/related-incidents";

describe("judgeOutlier", () => {
  test.each([
    [7, 31, "frequent"],
    [2, 4, "usual"],
    [1, 20, "rare"],
    [1, 19, "usual"],
    [0, 5, "new"],
    [0, 4, undefined],
    [0, 0, undefined],
  ])("%i of a kind among %i: %s", (sameKind, all, mark) => {
    expect(judgeOutlier({ sameKind, all })?.mark).toBe(mark);
  });

  test("says what was counted", () => {
    expect(judgeOutlier({ sameKind: 7, all: 31 })?.because).toBe(
      "7 of 31 incidents of this service in the 30 days before are of this kind (23 %).",
    );
  });
});

describe("rankPast", () => {
  const past = (id: string, title: string, createdAt: number) => ({ id, title, createdAt });

  test("the same kind first and newest first, then what is alike; nothing else", () => {
    const { matches, sameKind } = rankPast(
      "Bet slip: error rate above 5 % for 5 minutes",
      [
        past("a", "Bet slip: error rate above 12 % for 10 minutes", 1),
        past("b", "Bet slip: p99 latency above 2 s", 9),
        past("c", "Bet slip: error rate above 5 % for 5 minutes", 3),
        past("d", "Bet slip: error rate above 5 % in us-east for 5 minutes", 8),
      ],
      5,
    );
    expect(matches.map(({ incident }) => incident.id)).toEqual(["c", "a", "d"]);
    expect(sameKind).toBe(2);
    expect(matches.map(({ why }) => why)).toEqual([
      "The same kind of incident",
      "The same kind of incident",
      expect.stringMatching(/^\d+ % of the words agree$/),
    ]);
  });

  test("counts all of a kind, however few are shown", () => {
    const all = Array.from({ length: 9 }, (_, n) => past(`i${n}`, `disk ${n} % full`, n));
    expect(rankPast("disk 90 % full", all, 3)).toMatchObject({ sameKind: 9, matches: { length: 3 } });
  });
});

describe("rankRelated", () => {
  const MINUTE = 60_000;
  const own = { title: "Deposits: error rate above 5 %", service: "Deposits", createdAt: 100 * MINUTE };
  const other = (id: string, values: Partial<RelatedCandidate>): RelatedCandidate => ({
    id,
    title: "Wallet ledger: connections exhausted",
    service: "Wallet ledger",
    createdAt: own.createdAt,
    relation: "none",
    ...values,
  });

  test("says how they are related and how far apart", () => {
    const ranked = rankRelated(
      own,
      [
        other("near", { relation: "uses", createdAt: own.createdAt - 4 * MINUTE }),
        other("alike", {
          title: "Sign-in: error rate above 9 %",
          service: "Sign-in",
          createdAt: own.createdAt + MINUTE,
        }),
        other("chance", {}),
        other("own", { relation: "same", service: "Deposits", createdAt: own.createdAt }),
      ],
      5,
    );
    expect(ranked.map(({ incident, why }) => [incident.id, why])).toEqual([
      ["own", "The same service; opened at the same moment"],
      ["alike", "100 % of the words agree; opened 1 m after this one"],
      ["near", "Deposits uses Wallet ledger; opened 4 m before this one"],
    ]);
  });

  test("a dependency that failed earlier loses against one that failed just now", () => {
    const at = (id: string, minutes: number) =>
      other(id, { relation: "uses", createdAt: own.createdAt - minutes * MINUTE });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 31, max: 60 }), (late, early) => {
        const ranked = rankRelated(own, [at("early", early), at("late", late)], 2);
        expect(ranked.map(({ incident }) => incident.id)).toEqual(["late", "early"]);
      }),
    );
  });

  test("the time alone makes no relation, even between texts that say nothing", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 20 }), (title) => {
        const alone = { title: "", service: "A", createdAt: 0 };
        expect(rankRelated(alone, [other("x", { title, createdAt: 0 })], 5)).toEqual([]);
      }),
    );
  });
});
