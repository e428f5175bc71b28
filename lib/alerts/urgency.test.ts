import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { urgencyFor } from "#lib/alerts/urgency";
import { SEVERITIES } from "#lib/alerts/vocabulary";
import type { Severity } from "#lib/alerts/vocabulary";
import type { ConstantUrgency, SupportHours, UrgencyRule } from "#lib/services/service";

const HIGH: ConstantUrgency = { type: "constant", urgency: "high" };
const LOW: ConstantUrgency = { type: "constant", urgency: "low" };
const BY_SEVERITY: ConstantUrgency = { type: "constant", urgency: "severity_based" };
const BY_HOURS: UrgencyRule = {
  type: "use_support_hours",
  duringSupportHours: HIGH,
  outsideSupportHours: BY_SEVERITY,
};
const HOURS: SupportHours = {
  timeZone: "Europe/London",
  startTime: "09:00:00",
  endTime: "17:00:00",
  daysOfWeek: [1, 2, 3, 4, 5],
};
const INSIDE = new Date("2026-01-12T09:00:00Z");
const OUTSIDE = new Date("2026-01-12T17:00:00Z");

describe("urgencyFor", () => {
  it.each<[UrgencyRule, SupportHours | null, Severity | null, Date, "high" | "low", string]>([
    [HIGH, null, "info", INSIDE, "high", "The service's rule makes every incident high"],
    [LOW, null, "critical", INSIDE, "low", "The service's rule makes every incident low"],
    [
      BY_SEVERITY,
      null,
      "critical",
      INSIDE,
      "high",
      "The service's rule goes by severity, and critical is high",
    ],
    [BY_SEVERITY, null, "error", INSIDE, "high", "The service's rule goes by severity, and error is high"],
    [BY_SEVERITY, null, "warning", INSIDE, "low", "The service's rule goes by severity, and warning is low"],
    [BY_SEVERITY, null, "info", INSIDE, "low", "The service's rule goes by severity, and info is low"],
    [BY_SEVERITY, null, null, INSIDE, "high", "The service's rule goes by severity, and there is none"],
    [
      BY_HOURS,
      HOURS,
      "info",
      INSIDE,
      "high",
      "The service's rule during support hours makes every incident high",
    ],
    [
      BY_HOURS,
      HOURS,
      "info",
      OUTSIDE,
      "low",
      "The service's rule outside support hours goes by severity, and info is low",
    ],
    [
      BY_HOURS,
      null,
      "info",
      OUTSIDE,
      "high",
      "The rule goes by support hours, but none that can be read are set",
    ],
    [
      BY_HOURS,
      { ...HOURS, timeZone: "Mars/Olympus" },
      "info",
      OUTSIDE,
      "high",
      "The rule goes by support hours, but none that can be read are set",
    ],
  ])("rule %j with hours %j and severity %s", (rule, hours, severity, at, urgency, because) => {
    expect(urgencyFor(rule, hours, severity, at)).toEqual({ urgency, because });
  });

  it("never throws, whatever was stored as support hours", () => {
    const hours = fc.record({
      timeZone: fc.string(),
      startTime: fc.string(),
      endTime: fc.string(),
      daysOfWeek: fc.array(fc.integer()),
    });
    fc.assert(
      fc.property(hours, fc.constantFrom(null, ...SEVERITIES), (supportHours, severity) => {
        expect(["high", "low"]).toContain(urgencyFor(BY_HOURS, supportHours, severity, INSIDE).urgency);
      }),
    );
  });
});
