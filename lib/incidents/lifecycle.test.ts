import { describe, expect, test } from "vitest";
import { lifecycleFault } from "#lib/incidents/lifecycle";
import type { Lifecycle } from "#lib/incidents/lifecycle";

const at = (minutes: number) => new Date(Date.UTC(2026, 4, 4, 10, minutes));
const REACHED: Lifecycle = {
  startedAt: at(0),
  detectedAt: at(1),
  createdAt: at(1),
  firstPageAt: at(2),
  firstAckAt: at(5),
  engagedAt: at(4),
  mobilisedAt: at(9),
  mitigatedAt: at(30),
  resolvedAt: at(40),
  impactStartedAt: at(0),
  impactEndedAt: at(30),
};

describe("lifecycleFault", () => {
  test("the usual order is no fault, nor is one that has only begun", () => {
    expect(lifecycleFault(REACHED, ["startedAt"], at(50))).toBeNull();
    const begun = { firstPageAt: null, firstAckAt: null, engagedAt: null, mobilisedAt: null };
    const open = { mitigatedAt: null, resolvedAt: null, impactStartedAt: null, impactEndedAt: null };
    expect(lifecycleFault({ ...REACHED, ...begun, ...open }, ["startedAt"], at(50))).toBeNull();
  });

  test.each([
    ["startedAt", { startedAt: at(2) }],
    ["detectedAt", { detectedAt: at(-1) }],
    ["mitigatedAt", { mitigatedAt: at(41) }],
    ["resolvedAt", { resolvedAt: at(0), mitigatedAt: null }],
    ["mobilisedAt", { mobilisedAt: at(3) }],
    ["impactEndedAt", { impactEndedAt: at(-1) }],
    ["firstAckAt", { firstAckAt: at(0) }],
  ] as const)("names %s for an order that can't be", (field, change) => {
    expect(lifecycleFault({ ...REACHED, ...change }, [field], at(50))?.field).toBe(field);
  });

  test("what nobody touched may contradict itself", () => {
    expect(lifecycleFault({ ...REACHED, firstAckAt: at(0) }, ["mitigatedAt"], at(50))).toBeNull();
  });

  test("nothing lies in the future", () => {
    expect(lifecycleFault(REACHED, ["mitigatedAt", "resolvedAt"], at(35))?.field).toBe("resolvedAt");
  });
});
