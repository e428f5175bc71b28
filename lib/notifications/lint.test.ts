import { describe, expect, it } from "vitest";
import { lintNotificationRules } from "#lib/notifications/lint";
import type { LintInput } from "#lib/notifications/lint";
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

function codes(values: Partial<LintInput>) {
  return lintNotificationRules({
    rules: [
      { contactMethodId: "QP", urgency: "high", delayMinutes: 0 },
      { contactMethodId: "QM", urgency: "high", delayMinutes: 3 },
      { contactMethodId: "QM", urgency: "low", delayMinutes: 0 },
    ],
    contactMethods: [push, mail],
    accountEmail: "account@example.com",
    levelDelays: [{ policyName: "Payments", delayMinutes: 5 }],
    ...values,
  }).map(({ code, urgency }) => `${code} ${urgency}`);
}

describe("lintNotificationRules", () => {
  it("is silent when all is well", () => {
    expect(codes({})).toEqual([]);
  });

  it("warns of a step that comes when the level has moved on", () => {
    expect(codes({ levelDelays: [{ policyName: "Fast", delayMinutes: 3 }] })).toEqual(["never_reached high"]);
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
