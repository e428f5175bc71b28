import { describe, expect, it } from "vitest";
import { judgeReadiness } from "#lib/people/readiness";
import type { ReachableMethod, ReachableRule } from "#lib/people/readiness";

const push: ReachableMethod = { id: "push", channel: "push", enabled: true, verified: true, failing: false };
const email: ReachableMethod = { ...push, id: "email", channel: "email" };
const rule = (urgency: "high" | "low", delayMinutes: number, contactMethodId = "push"): ReachableRule => ({
  urgency,
  delayMinutes,
  contactMethodId,
});

describe("judgeReadiness", () => {
  it("calls someone ready whom a verified push reaches at once", () => {
    const readiness = judgeReadiness(
      [push, email],
      [rule("high", 5, "email"), rule("high", 0), rule("low", 0)],
    );
    expect(readiness).toEqual({ state: "ready", reasons: [], firstStepMinutes: 0 });
  });

  it.each([
    ["nothing is enabled", [{ ...push, enabled: false }], [rule("high", 0)], /no enabled contact method/],
    [
      "every send failed last",
      [{ ...push, failing: true }],
      [rule("high", 0)],
      /every contact method failed/,
    ],
  ])("calls someone unreachable when %s", (_, methods, rules, reason) => {
    const { state, reasons } = judgeReadiness(methods, rules);
    expect(state).toBe("unreachable");
    expect(reasons.join()).toMatch(reason);
  });

  it.each([
    [
      "there is no rule for high urgency",
      [push],
      [rule("low", 0)],
      "No rule for high urgency: every contact method is used at once",
    ],
    [
      "only e-mail is used",
      [email],
      [rule("high", 0, "email"), rule("low", 0, "email")],
      "High urgency is told by e-mail alone",
    ],
    [
      "a method is not verified",
      [{ ...push, verified: false }],
      [rule("high", 0), rule("low", 0)],
      "A contact method is not verified",
    ],
    [
      "it starts late",
      [push],
      [rule("high", 7), rule("low", 0)],
      "The first notification comes after 7 minutes",
    ],
    ["low urgency is forgotten", [push], [rule("high", 0)], "No rule for low urgency"],
    [
      "one of two ways fails",
      [push, { ...email, failing: true }],
      [rule("high", 0), rule("high", 0, "email"), rule("low", 0)],
      "The last send to a contact method failed",
    ],
  ])("calls someone partly ready when %s", (_, methods, rules, reason) => {
    expect(judgeReadiness(methods, rules)).toMatchObject({ state: "partly", reasons: [reason] });
  });

  it("doesn't count a rule whose contact method is disabled", () => {
    const { firstStepMinutes } = judgeReadiness(
      [{ ...push, enabled: false }, email],
      [rule("high", 0), rule("high", 3, "email")],
    );
    expect(firstStepMinutes).toBe(3);
  });
});
