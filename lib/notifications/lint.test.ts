import { describe, expect, it } from "vitest";
import { lintNotificationRules } from "#lib/notifications/lint";
import type { LintInput, PersonLevel } from "#lib/notifications/lint";
import type { ContactMethod } from "#lib/notifications/rules";

const push: ContactMethod = {
  id: "QP",
  channel: "push",
  label: "Phone",
  address: "https://push.example/x",
  enabled: true,
  available: true,
};
const mail: ContactMethod = {
  id: "QM",
  channel: "email",
  label: "Work",
  address: "maya@example.com",
  enabled: true,
  available: true,
};

function level(values: Partial<PersonLevel>): PersonLevel {
  return { policyName: "Payments", position: 1, delayMinutes: 5, isLast: false, ...values };
}

function warnings(values: Partial<LintInput>) {
  return lintNotificationRules({
    rules: [
      { contactMethodId: "QP", urgency: "high", delayMinutes: 0 },
      { contactMethodId: "QM", urgency: "high", delayMinutes: 3 },
      { contactMethodId: "QM", urgency: "low", delayMinutes: 0 },
    ],
    contactMethods: [push, mail],
    accountEmail: "account@example.com",
    levels: [level({ delayMinutes: 5 })],
    ...values,
  });
}

const codes = (values: Partial<LintInput>) =>
  warnings(values).map(({ code, urgency }) => `${code} ${urgency}`);
const messages = (values: Partial<LintInput>) => warnings(values).map(({ message }) => message);

describe("lintNotificationRules", () => {
  it("is silent when all is well", () => {
    expect(codes({})).toEqual([]);
  });

  it("warns of a step that can never come, since every level has handed on by then", () => {
    expect(codes({ levels: [level({ delayMinutes: 3 })] })).toEqual(["never_reached high"]);
    expect(codes({ levels: [level({ delayMinutes: 2 }), level({ position: 2, delayMinutes: 3 })] })).toEqual([
      "never_reached high",
    ]);
  });

  it("explains it by the fastest level that hands on before, where a slower one still lets it come", () => {
    const levels = [
      level({ delayMinutes: 9 }),
      level({ policyName: "Search", position: 2, delayMinutes: 3 }),
    ];
    expect(messages({ levels })).toEqual([
      "The step at 3 min does not come on Search, level 2, your fastest level, which hands on after 3 min.",
    ]);
    const slow = [...levels, level({ policyName: "Ads", delayMinutes: 1 })];
    expect(messages({ levels: slow })).toEqual([
      "The step at 3 min does not come on Ads, level 1, your fastest level, which hands on after 1 min. Nor on 1 more.",
    ]);
  });

  it("knows that nobody takes an incident from the last level", () => {
    expect(codes({ levels: [level({ delayMinutes: 1, isLast: true })] })).toEqual([]);
    expect(codes({ levels: [level({ delayMinutes: 1 }), level({ position: 2, isLast: true })] })).toEqual([
      "rarely_reached high",
    ]);
  });

  it("says nothing of levels to who is on none", () => {
    expect(codes({ levels: [] })).toEqual([]);
  });

  it("warns when nothing comes at once", () => {
    const rules = [
      { contactMethodId: "QP", urgency: "high" as const, delayMinutes: 2 },
      { contactMethodId: "QM", urgency: "high" as const, delayMinutes: 2 },
      { contactMethodId: "QM", urgency: "low" as const, delayMinutes: 0 },
    ];
    expect(codes({ rules })).toEqual(["late_first_rule high"]);
  });

  it("warns of e-mail alone, and of push alone, also where the default ladder is used", () => {
    expect(codes({ contactMethods: [mail], rules: [] })).toEqual([
      "no_rule high",
      "no_rule low",
      "only_email high",
    ]);
    expect(codes({ contactMethods: [push], rules: [] })).toContain("only_push high");
  });

  it("warns of a rule that sends nothing", () => {
    expect(codes({ contactMethods: [{ ...push, enabled: false }, mail] })).toContain("unusable_rule high");
  });

  it("says first that there is no usable contact method at all", () => {
    expect(codes({ contactMethods: [{ ...push, enabled: false }] })).toEqual(["no_contact_method null"]);
  });
});
