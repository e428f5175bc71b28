import { describe, expect, it } from "vitest";
import { axiom } from "#lib/events/sources/axiom";
import { dynatrace } from "#lib/events/sources/dynatrace";
import { graylog } from "#lib/events/sources/graylog";
import { signalfx } from "#lib/events/sources/signalfx";
import { splunk } from "#lib/events/sources/splunk";
import { eventBy } from "#lib/testing/source-events";
import { axiomEvent } from "#lib/testing/source-messages-checks";
import {
  dynatraceProblem,
  graylogEvent,
  signalfxAlert,
  splunkResult,
} from "#lib/testing/source-messages-platforms";

describe("Dynatrace", () => {
  it("goes by the unique id, and by the one that is shown where there is no other", () => {
    expect(eventBy(dynatrace, dynatraceProblem("OPEN")).dedupKey).toMatch(/^dynatrace:-4241548113871836372_/);
    expect(eventBy(dynatrace, dynatraceProblem("OPEN", { PID: "{PID}" })).dedupKey).toBe("dynatrace:P-26011");
  });

  it("resolves nothing silently when a problem is merged", () => {
    const event = eventBy(dynatrace, dynatraceProblem("MERGED"));
    expect(event.action).toBe("trigger");
    expect(event.warnings).toEqual([expect.stringMatching(/merged into another problem/)]);
  });

  it("reads entities and details that are JSON in the body", () => {
    expect(eventBy(dynatrace, dynatraceProblem("OPEN"))).toMatchObject({
      source: "bet-api",
      timestamp: "2026-01-11T18:00:00.000Z",
      customDetails: { ImpactedEntities: [{ name: "bet-api" }] },
    });
    expect(
      eventBy(dynatrace, dynatraceProblem("OPEN", { ImpactedEntities: "bet-1", ProblemDetailsJSON: "{" }))
        .warnings,
    ).toEqual([]);
  });

  it.each([
    ["AVAILABILITY", "critical"],
    ["ERROR", "error"],
    ["PERFORMANCE", "warning"],
    ["RESOURCE_CONTENTION", "warning"],
    ["CUSTOM_ALERT", "error"],
    ["MONITORING_UNAVAILABLE", "warning"],
  ])("reads the severity %s as %s", (ProblemSeverity, severity) => {
    expect(eventBy(dynatrace, dynatraceProblem("OPEN", { ProblemSeverity })).severity).toBe(severity);
  });
});

describe("Splunk", () => {
  it("never goes by the id of a run", () => {
    const keys = ["1", "2"].map((sid) => eventBy(splunk, splunkResult({ sid })).dedupKey);
    expect(keys).toEqual(["splunk:Refused withdrawals:pay-1", "splunk:Refused withdrawals:pay-1"]);
  });

  it("survives a result without host, text and link", () => {
    const event = eventBy(splunk, splunkResult({ result: {}, results_link: undefined }));
    expect(event).toMatchObject({ dedupKey: "splunk:Refused withdrawals", links: [], warnings: [] });
  });
});

describe("Splunk Observability Cloud", () => {
  it.each(["ok", "manually resolved", "stopped"])("takes %s for over", (status) => {
    expect(eventBy(signalfx, signalfxAlert(status))).toMatchObject({
      action: "resolve",
      dedupKey: "signalfx:EDtEct0r:EInc1dent",
    });
  });

  it("shows the picture of the signal", () => {
    expect(eventBy(signalfx, signalfxAlert("anomalous"))).toMatchObject({
      severity: "critical",
      images: [{ src: "https://app.signalfx.com/preview/1.png" }],
      warnings: [],
    });
  });
});

describe("Graylog", () => {
  it.each([
    [1, "info"],
    [2, "warning"],
    [3, "error"],
    [4, "critical"],
  ])("reads the priority %d as %s", (priority, severity) => {
    const message = graylogEvent({ event: { key: "bet-1", priority, message: "x" } });
    expect(eventBy(graylog, message).severity).toBe(severity);
  });

  it("goes by definition and key, not by the event", () => {
    expect(eventBy(graylog, graylogEvent()).dedupKey).toBe("graylog:5f4c2a:bet-1");
  });
});

describe("Axiom", () => {
  it("reads Go's way to write times", () => {
    expect(eventBy(axiom, axiomEvent("Closed"))).toMatchObject({
      action: "resolve",
      timestamp: "2026-01-11T18:09:00.000Z",
    });
  });

  it("keeps the groups of a monitor apart", () => {
    const keys = ["nfl", "nba"].map(
      (group) => eventBy(axiom, axiomEvent("Open", { groupValues: [group] })).dedupKey,
    );
    expect(keys[0]).not.toBe(keys[1]);
    expect(eventBy(axiom, axiomEvent("Open", { groupValues: null })).dedupKey).toBe("axiom:xYz1");
  });
});
