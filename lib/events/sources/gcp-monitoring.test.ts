import { describe, expect, it } from "vitest";
import { gcpMonitoring } from "#lib/events/sources/gcp-monitoring";
import { eventBy } from "#lib/testing/source-events";
import { gcpIncident } from "#lib/testing/source-messages-clouds";

describe("Google Cloud Monitoring", () => {
  it.each(["CLOSED", "closed", "Closed"])("reads the state %s", (state) => {
    expect(eventBy(gcpMonitoring, gcpIncident({ state })).action).toBe("resolve");
  });

  it("reads documentation that is a text, and one that is an object", () => {
    expect(eventBy(gcpMonitoring, gcpIncident()).customDetails).toMatchObject({
      documentation: "See the runbook",
    });
    const text = gcpIncident({ documentation: "Call the bank" });
    expect(eventBy(gcpMonitoring, text).customDetails).toMatchObject({ documentation: "Call the bank" });
    expect(eventBy(gcpMonitoring, gcpIncident({ documentation: null })).warnings).toEqual([]);
  });

  it("falls back on the policy's label where there is 'No severity'", () => {
    expect(eventBy(gcpMonitoring, gcpIncident({ severity: "No severity" }))).toMatchObject({
      severity: "warning",
      warnings: [],
    });
  });

  it("takes a start at 0 for none, and an end for over where no state is given", () => {
    expect(eventBy(gcpMonitoring, gcpIncident({ started_at: 0 }))).toMatchObject({
      timestamp: null,
      warnings: [],
    });
    const ended = gcpIncident({ state: undefined, ended_at: 1768154940 });
    expect(eventBy(gcpMonitoring, ended)).toMatchObject({
      action: "resolve",
      timestamp: "2026-01-11T18:09:00.000Z",
    });
    expect(eventBy(gcpMonitoring, gcpIncident({ ended_at: 0 })).action).toBe("trigger");
  });

  it("says that a test is one", () => {
    const event = eventBy(gcpMonitoring, { ...gcpIncident(), version: "test" });
    expect(event.warnings).toEqual(["A test notification of Google Cloud Monitoring"]);
  });
});
