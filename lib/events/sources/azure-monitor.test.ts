import { describe, expect, it } from "vitest";
import { azureMonitor } from "#lib/events/sources/azure-monitor";
import { eventBy } from "#lib/testing/source-events";
import { azureCommon } from "#lib/testing/source-messages-clouds";

const CLASSIC = {
  schemaId: "AzureMonitorMetricAlert",
  data: {
    version: "2.0",
    status: "Activated",
    properties: null,
    context: {
      id: "/rules/cpu",
      name: "CPU",
      severity: "3",
      resourceId: "/vm/bet-1",
      resourceName: "bet-1",
      timestamp: "2026-01-11T18:00:00.1234567Z",
    },
  },
};

describe("Azure Monitor", () => {
  it.each([
    ["Sev0", "critical"],
    ["Sev1", "error"],
    ["Sev2", "warning"],
    ["Sev3", "info"],
    ["Sev4", "info"],
  ])("reads %s as %s", (severity, expected) => {
    expect(eventBy(azureMonitor, azureCommon("Fired", { severity })).severity).toBe(expected);
  });

  it("reads seven digits of a second, and properties that are null", () => {
    expect(eventBy(azureMonitor, azureCommon("Fired")).timestamp).toBe("2026-01-11T18:00:00.123Z");
    expect(eventBy(azureMonitor, azureCommon("Resolved")).timestamp).toBe("2026-01-11T18:09:00.765Z");
  });

  it("goes by the origin and its target where there is no alert's id", () => {
    const without = (condition: string) =>
      eventBy(azureMonitor, azureCommon(condition, { alertId: undefined }));
    expect(without("Fired").dedupKey).toMatch(/^azure-monitor:11111111_bets_cpu:/);
    expect(without("Resolved").dedupKey).toBe(without("Fired").dedupKey);
  });

  it.each(["Resolved", "Deactivated"])("takes %s of the classic schema for over", (status) => {
    const over = { ...CLASSIC, data: { ...CLASSIC.data, status } };
    const fire = eventBy(azureMonitor, CLASSIC);
    expect(fire).toMatchObject({ action: "trigger", severity: "info", warnings: [] });
    expect(eventBy(azureMonitor, over)).toMatchObject({ action: "resolve", dedupKey: fire.dedupKey });
  });

  it("warns of what Azure never resolves", () => {
    const warning = "Azure resolves no alerts of this kind: somebody has to";
    const monitoringService = "ServiceHealth";
    expect(eventBy(azureMonitor, azureCommon("Fired", { monitoringService })).warnings).toEqual([warning]);
    const activityLog = {
      operationName: "Delete",
      resourceId: "/vm/bet-1",
      level: "Warning",
      properties: null,
    };
    const entry = {
      schemaId: "Microsoft.Insights/activityLogs",
      data: { status: "Activated", context: { activityLog } },
    };
    expect(eventBy(azureMonitor, entry)).toMatchObject({
      dedupKey: "azure-monitor:Delete:/vm/bet-1",
      severity: "warning",
      warnings: [warning],
    });
  });
});
