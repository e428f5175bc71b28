import { describe, expect, test } from "vitest";
import { neighbourOf, PROBLEM_STATES, refusalOf } from "#lib/problems/problem";
import { templateOf } from "#lib/problems/template";
import { verificationSentence, verifyFix } from "#lib/problems/verification";

const days = (count: number) => ({ total: count * 24, game: 0 });

describe("verifyFix", () => {
  test("0 in 21 days, expected 3.1: too few for nothing to have changed", () => {
    const found = verifyFix({
      before: { count: 27, hours: days(180) },
      since: { count: 0, hours: days(21) },
      medianGapDays: 6,
      multiplier: 1,
    });
    // (180 / 201) ^ 27: all 27 fell before the fix.
    expect(found?.p).toBeCloseTo((180 / 201) ** 27, 10);
    expect(found).toMatchObject({ verdict: "no_verdict", mayClose: false });
    expect(verificationSentence(found as never)).toBe(
      "0 in 21 days, expected 3.1: too little has happened for a verdict",
    );
  });

  test("a verdict only where the test supports it, and closing only after a quiet time", () => {
    const before = { count: 40, hours: days(180) };
    const at = (count: number, length: number, medianGapDays = 4) =>
      verifyFix({ before, since: { count, hours: days(length) }, medianGapDays, multiplier: 1 });
    expect(at(0, 21)).toMatchObject({ verdict: "holds", mayClose: true });
    expect(at(0, 21, 9)).toMatchObject({ verdict: "holds", mayClose: false });
    expect(at(0, 7)).toMatchObject({ verdict: "no_verdict", mayClose: false });
    expect(at(7, 21)).toMatchObject({ verdict: "does_not_hold", mayClose: false });
    expect(at(1, 60)).toMatchObject({ verdict: "holds", mayClose: false });
  });

  test("a fix of now, or nothing before it, has no verification", () => {
    const before = { count: 3, hours: days(90) };
    expect(
      verifyFix({ before, since: { count: 0, hours: days(0) }, medianGapDays: null, multiplier: 1 }),
    ).toBeNull();
    const nothing = { count: 0, hours: days(0) };
    expect(verifyFix({ before: nothing, since: before, medianGapDays: null, multiplier: 1 })).toBeNull();
  });
});

describe("problems", () => {
  test("a known error has a workaround", () => {
    expect(refusalOf("known_error", { workaround: null })).toContain("workaround");
    expect(refusalOf("known_error", { workaround: "Restart it" })).toBeNull();
    expect(refusalOf("closed", { workaround: null })).toBeNull();
  });

  test("the board has ends", () => {
    expect(neighbourOf("suspected", -1)).toBeNull();
    expect(neighbourOf("closed", 1)).toBeNull();
    expect(neighbourOf("risk_accepted", -1)).toBe("verifying");
    expect(PROBLEM_STATES.slice(0, 5).map((state) => neighbourOf(state, 1))).toEqual(
      PROBLEM_STATES.slice(1, 6),
    );
  });

  test("titles of one kind have one template", () => {
    expect(templateOf("Cash-out: 5xx above 4.2 % on web-03")).toBe(
      templateOf("Cash-out: 5xx above 11 % on web-17"),
    );
    expect(templateOf("Cash-out: status 503")).not.toBe(templateOf("Cash-out: status 404"));
  });
});
