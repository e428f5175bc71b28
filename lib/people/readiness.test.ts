import { fc } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { planDeliveries } from "#lib/notifications/rules";
import { judgeReadiness } from "#lib/people/readiness";
import type { ReachableMethod, ReachableRule } from "#lib/people/readiness";

const push: ReachableMethod = {
  id: "push",
  channel: "push",
  enabled: true,
  available: true,
  verified: true,
  failing: false,
};
const email: ReachableMethod = { ...push, id: "email", channel: "email" };
const rule = (urgency: "high" | "low", delayMinutes: number, contactMethodId = "push"): ReachableRule => ({
  urgency,
  delayMinutes,
  contactMethodId,
});

const methodsArbitrary = fc.uniqueArray(
  fc.record({
    id: fc.constantFrom("a", "b", "c"),
    channel: fc.constantFrom("email", "push", "sms", "phone" as const),
    enabled: fc.boolean(),
    available: fc.boolean(),
    verified: fc.boolean(),
    failing: fc.boolean(),
  }),
  { selector: ({ id }) => id, maxLength: 3 },
);
const rulesArbitrary = fc.array(
  fc.record({
    urgency: fc.constantFrom("high", "low" as const),
    delayMinutes: fc.integer({ min: 0, max: 60 }),
    contactMethodId: fc.constantFrom("a", "b", "c", "gone"),
  }),
  { maxLength: 4 },
);

describe("judgeReadiness", () => {
  it("calls someone ready whom a verified push reaches at once", () => {
    const readiness = judgeReadiness(
      [push, email],
      [rule("high", 5, "email"), rule("high", 0), rule("low", 0)],
    );
    expect(readiness).toEqual({ state: "ready", reasons: [], firstStepMinutes: 0 });
  });

  it.each([
    ["nothing is enabled", [{ ...push, enabled: false }], [rule("high", 0)], /no usable contact method/],
    [
      "no provider serves the only method",
      [{ ...push, channel: "sms" as const, available: false }],
      [rule("high", 0)],
      /no usable contact method/,
    ],
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
      "No rule for high urgency: the default ladder is used",
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

  it("agrees with what is planned", () => {
    fc.assert(
      fc.property(methodsArbitrary, rulesArbitrary, (methods, rules) => {
        const contactMethods = methods.map((method) => ({ ...method, label: "", address: "x@example.com" }));
        const { deliveries } = planDeliveries({
          rules,
          contactMethods,
          urgency: "high",
          assignedAt: new Date(0),
          expiryMinutes: 60,
          accountEmail: "account@example.com",
        });
        const { state, reasons, firstStepMinutes } = judgeReadiness(methods, rules);
        expect(firstStepMinutes).toBe(deliveries[0]?.delayMinutes);
        const reaches = deliveries.some(
          ({ contactMethodId }) => methods.find(({ id }) => id === contactMethodId)?.failing === false,
        );
        expect(state !== "unreachable").toBe(reaches);
        expect(state === "ready" ? reasons : []).toEqual([]);
      }),
    );
  });

  it("doesn't count a rule whose contact method is disabled", () => {
    const { firstStepMinutes } = judgeReadiness(
      [{ ...push, enabled: false }, email],
      [rule("high", 0), rule("high", 3, "email")],
    );
    expect(firstStepMinutes).toBe(3);
  });
});
