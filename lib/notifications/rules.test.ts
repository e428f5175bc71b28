import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { URGENCIES } from "#lib/incidents/vocabulary";
import { planDeliveries } from "#lib/notifications/rules";
import type { ContactMethod, PlanInput } from "#lib/notifications/rules";
import { CHANNELS } from "#lib/notifications/vocabulary";

const AT = new Date("2026-11-22T03:11:52.000Z");
const MINUTE = 60_000;

const push: ContactMethod = {
  id: "QPUSH",
  channel: "push",
  label: "Phone",
  address: "https://push.example/x",
  enabled: true,
  available: true,
};
const mail: ContactMethod = {
  id: "QMAIL",
  channel: "email",
  label: "Work",
  address: "maya@example.com",
  enabled: true,
  available: true,
};
const phone: ContactMethod = {
  id: "QPHONE",
  channel: "phone",
  label: "Mobile",
  address: "+4930123456",
  enabled: true,
  available: false,
};

function plan(values: Partial<PlanInput>) {
  return planDeliveries({
    rules: [],
    contactMethods: [push, mail],
    urgency: "high",
    assignedAt: AT,
    expiryMinutes: 60,
    accountEmail: "account@example.com",
    ...values,
  });
}

describe("planDeliveries", () => {
  it("follows the person's rules for the urgency, earliest first", () => {
    const { deliveries } = plan({
      rules: [
        { contactMethodId: "QMAIL", urgency: "high", delayMinutes: 5 },
        { contactMethodId: "QPUSH", urgency: "high", delayMinutes: 0 },
        { contactMethodId: "QMAIL", urgency: "low", delayMinutes: 1 },
      ],
    });
    expect(deliveries).toEqual([
      {
        channel: "push",
        contactMethodId: "QPUSH",
        address: push.address,
        delayMinutes: 0,
        dueAt: AT,
        expiresAt: new Date(AT.getTime() + 60 * MINUTE),
      },
      {
        channel: "email",
        contactMethodId: "QMAIL",
        address: mail.address,
        delayMinutes: 5,
        dueAt: new Date(AT.getTime() + 5 * MINUTE),
        expiresAt: new Date(AT.getTime() + 65 * MINUTE),
      },
    ]);
  });

  it("uses the default ladder where there is no rule, and says so", () => {
    const { deliveries, trace } = plan({
      rules: [{ contactMethodId: "QMAIL", urgency: "low", delayMinutes: 3 }],
    });
    expect(deliveries.map(({ channel, delayMinutes }) => [channel, delayMinutes])).toEqual([
      ["push", 0],
      ["email", 5],
    ]);
    expect(trace.map(({ because }) => because)).toEqual(
      Array.from({ length: 2 }, () => "No rule for high urgency: the default ladder is used."),
    );
  });

  it("falls back to every usable method when no rule can be used", () => {
    const { deliveries, trace } = plan({
      contactMethods: [
        { ...push, enabled: false, lastError: "The browser's subscription expired" },
        mail,
        phone,
      ],
      rules: [
        { contactMethodId: "QPUSH", urgency: "high", delayMinutes: 0 },
        { contactMethodId: "QPHONE", urgency: "high", delayMinutes: 1 },
      ],
    });
    expect(deliveries.map(({ contactMethodId }) => contactMethodId)).toEqual(["QMAIL"]);
    expect(trace.map(({ because }) => because)).toContain(
      "Switched off: The browser's subscription expired.",
    );
    expect(trace.map(({ because }) => because)).toContain(
      "Not available: no provider for phone call is configured.",
    );
  });

  it("writes to the account's address when nothing else is left", () => {
    const { deliveries, trace } = plan({ contactMethods: [phone] });
    expect(deliveries).toMatchObject([
      { channel: "email", contactMethodId: null, address: "account@example.com" },
    ]);
    expect(trace.at(-1)?.step).toBe("account e-mail");
  });

  it("shows no whole address in the trace, since everybody reads it", () => {
    const { trace } = plan({});
    expect(JSON.stringify(trace)).not.toContain("maya@");
    expect(JSON.stringify(trace)).not.toContain(push.address);
  });
});

const methods = fc.uniqueArray(
  fc.record({
    id: fc.constantFrom("QA", "QB", "QC", "QD", "QE"),
    channel: fc.constantFrom(...CHANNELS),
    label: fc.constant("x"),
    address: fc.constantFrom("a@example.com", "https://example.com/x", "+4930"),
    enabled: fc.boolean(),
    available: fc.boolean(),
  }),
  { selector: ({ id }) => id },
);
const inputs = fc.record({
  rules: fc.array(
    fc.record({
      contactMethodId: fc.constantFrom("QA", "QB", "QC", "QD", "QE"),
      urgency: fc.constantFrom(...URGENCIES),
      delayMinutes: fc.integer({ min: 0, max: 1440 }),
    }),
  ),
  contactMethods: methods,
  urgency: fc.constantFrom(...URGENCIES),
  assignedAt: fc.date({ noInvalidDate: true, min: new Date("2020-01-01"), max: new Date("2040-01-01") }),
  expiryMinutes: fc.integer({ min: 1, max: 1440 }),
  accountEmail: fc.constant("account@example.com"),
});

describe("every plan", () => {
  it("reaches somebody, in order, never after its own expiry", () => {
    fc.assert(
      fc.property(inputs, (input) => {
        const { deliveries, trace } = planDeliveries(input);
        expect(deliveries.length).toBeGreaterThan(0);
        expect(trace.length).toBeGreaterThan(0);
        const dues = deliveries.map(({ dueAt }) => dueAt.getTime());
        expect(dues).toEqual(dues.toSorted((a, b) => a - b));
        for (const { dueAt, expiresAt, delayMinutes } of deliveries) {
          expect(dueAt.getTime()).toBe(input.assignedAt.getTime() + delayMinutes * MINUTE);
          expect(expiresAt.getTime()).toBeGreaterThan(dueAt.getTime());
        }
      }),
    );
  });

  it("uses only channels with a provider and methods that are on", () => {
    fc.assert(
      fc.property(inputs, (input) => {
        const usable = new Set<string | null>(
          input.contactMethods.filter(({ enabled, available }) => enabled && available).map(({ id }) => id),
        );
        const used = planDeliveries(input).deliveries.map(({ contactMethodId }) => contactMethodId);
        const allowed = usable.size > 0 ? usable : new Set([null]);
        expect(used.filter((id) => !allowed.has(id))).toEqual([]);
      }),
    );
  });
});
