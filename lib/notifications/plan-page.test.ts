import { describe, expect, it } from "vitest";
import { limitOfPerson } from "#lib/notifications/low-urgency-hours";
import { planPage } from "#lib/notifications/plan-page";
import type { PagePlanInput, PersonRule } from "#lib/notifications/plan-page";

const AT = new Date("2026-11-23T23:30:00.000Z");
const MINUTE = 60_000;

const method = (id: string, channel: "push" | "email" | "sms" | "phone") => ({
  id,
  channel,
  label: id,
  address: `${id}@example.com`,
  enabled: true,
  available: true,
});
const push = method("PUSH", "push");
const mail = method("MAIL", "email");

const rule = (values: Partial<PersonRule>): PersonRule => ({
  kind: "assigned",
  contactMethodId: "PUSH",
  urgency: null,
  delayMinutes: 0,
  advanceMinutes: null,
  handoffType: null,
  ...values,
});
const handoff = { kind: "handoff" as const, handoffType: "both" as const, advanceMinutes: 0 };

function plan(values: Partial<PagePlanInput>) {
  const planned = planPage({
    reason: "assigned",
    urgency: "high",
    at: AT,
    rules: [rule({ urgency: "high" }), rule({ urgency: "low", contactMethodId: "MAIL" })],
    contactMethods: [push, mail],
    accountEmail: "maya@example.com",
    limits: [],
    ...values,
  });
  return planned && planned.deliveries.map(({ channel, delayMinutes }) => [channel, delayMinutes]);
}

describe("planPage", () => {
  it("goes by the rules of the urgency for incidents and notices", () => {
    expect(plan({})).toEqual([["push", 0]]);
    expect(plan({ urgency: "low" })).toEqual([["email", 0]]);
    expect(plan({ reason: "cover", urgency: "low" })).toEqual([["email", 0]]);
  });

  it("tells of changes and shifts by their own rules, and not without one", () => {
    expect(plan({ reason: "changed", urgency: "low" })).toBeNull();
    expect(plan({ reason: "shift", urgency: "low" })).toBeNull();
    const rules = [rule({ kind: "changed", contactMethodId: "MAIL" }), rule({ ...handoff })];
    expect(plan({ reason: "changed", urgency: "low", rules })).toEqual([["email", 0]]);
    expect(plan({ reason: "shift", urgency: "low", rules })).toEqual([["push", 0]]);
    const off = [{ ...mail, enabled: false }, push];
    expect(plan({ reason: "changed", urgency: "low", rules, contactMethods: off })).toBeNull();
  });

  it("asks to join by the rules for it, else as for high urgency, and always reaches for something", () => {
    expect(plan({ reason: "requested" })).toEqual([["push", 0]]);
    const own = [rule({ kind: "requested", contactMethodId: "MAIL", delayMinutes: 2 })];
    expect(plan({ reason: "requested", rules: own })).toEqual([["email", 2]]);
    expect(plan({ reason: "requested", rules: own, contactMethods: [push] })).toEqual([["push", 0]]);
    expect(plan({ reason: "requested", rules: [], contactMethods: [] })).toEqual([["email", 0]]);
  });

  it("uses named contact methods, and the rules where none of them can be used", () => {
    expect(plan({ reason: "self_test", contactMethodIds: ["MAIL"] })).toEqual([["email", 0]]);
    expect(plan({ reason: "cover", contactMethodIds: ["GONE"] })).toEqual([["push", 0]]);
    expect(plan({ reason: "shift", contactMethodIds: ["GONE"] })).toBeNull();
  });

  it("tells once over one contact method whatever a person's hand-off rules repeat", () => {
    const rules = [rule({ ...handoff }), rule({ ...handoff, advanceMinutes: 60 })];
    expect(plan({ reason: "shift", urgency: "low", rules })).toEqual([["push", 0]]);
  });
});

describe("quiet hours", () => {
  const quiet = limitOfPerson(
    { mode: "quiet", startTime: "22:00", endTime: "07:00", daysOfWeek: [1, 2, 3, 4, 5, 6, 7] },
    "Europe/Berlin",
  );
  const planned = (values: Partial<PagePlanInput>) =>
    planPage({
      reason: "assigned",
      urgency: "low",
      at: AT,
      rules: [rule({ urgency: "low" }), rule({ kind: "changed" }), rule({ ...handoff })],
      contactMethods: [push],
      accountEmail: "maya@example.com",
      limits: [quiet],
      ...values,
    });
  const morning = new Date("2026-11-24T06:00:00.000Z");

  it("make low urgency and changes wait for the morning, useful as long as ever, and say so", () => {
    const low = planned({});
    expect(low?.deliveries).toMatchObject([
      { dueAt: morning, expiresAt: new Date(morning.getTime() + 720 * MINUTE) },
    ]);
    expect(low?.trace.at(-1)).toEqual({
      step: "hours",
      outcome: "waits until 2026-11-24T06:00:00.000Z",
      because: "It can wait: quiet hours.",
    });
    expect(planned({ reason: "changed" })?.deliveries).toMatchObject([{ dueAt: morning }]);
  });

  it("never touch high urgency, requests, tests and shifts", () => {
    for (const values of [
      { urgency: "high" as const },
      { reason: "requested" as const },
      { reason: "test" as const },
      { reason: "shift" as const },
    ]) {
      expect(planned(values)?.deliveries).toMatchObject([{ dueAt: AT }]);
    }
  });
});
