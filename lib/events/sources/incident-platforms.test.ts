import { describe, expect, it } from "vitest";
import { opsgenie } from "#lib/events/sources/opsgenie";
import { pagerduty } from "#lib/events/sources/pagerduty";
import { statuspage } from "#lib/events/sources/statuspage";
import { eventBy, ignoredBy, parsedBy } from "#lib/testing/source-events";
import {
  opsgenieAlert,
  pagerdutyVersion2,
  pagerdutyVersion3,
  statuspageComponent,
  statuspageIncident,
} from "#lib/testing/source-messages-checks";

describe("PagerDuty", () => {
  it.each([
    ["incident.triggered", "trigger"],
    ["incident.reopened", "trigger"],
    ["incident.unacknowledged", "trigger"],
    ["incident.acknowledged", "acknowledge"],
    ["incident.resolved", "resolve"],
  ])("takes %s for %s", (type, action) => {
    expect(eventBy(pagerduty, pagerdutyVersion3(type))).toMatchObject({
      action,
      dedupKey: "pagerduty:PGR0VU2",
    });
  });

  it.each(["incident.annotated", "incident.escalated", "pagey.ping"])("pages nobody for %s", (type) => {
    expect(ignoredBy(pagerduty, pagerdutyVersion3(type))).toContain(type);
  });

  it("reads all messages of versions 2 and 1, each alone", () => {
    const older = {
      type: "incident.resolve",
      created_on: "2026-01-11T18:09:00Z",
      data: { incident: { id: "POLD", trigger_summary_data: { subject: "Old" } } },
    };
    const messages = [pagerdutyVersion2("incident.trigger"), pagerdutyVersion2("incident.annotate"), older];
    const parsed = parsedBy(pagerduty, { messages });
    expect(parsed.events.map(({ event }) => [event.action, event.dedupKey])).toEqual([
      ["trigger", "pagerduty:PRORDTY"],
      ["resolve", "pagerduty:POLD"],
    ]);
    expect(parsed.ignored).toHaveLength(1);
  });

  it("reads the priority, else the urgency", () => {
    expect(eventBy(pagerduty, pagerdutyVersion3("incident.triggered")).severity).toBe("critical");
    const severities = ["high", "low"].map(
      (urgency) =>
        eventBy(pagerduty, pagerdutyVersion3("incident.triggered", { priority: null, urgency })).severity,
    );
    expect(severities).toEqual(["error", "warning"]);
  });

  it("takes events of the Events API at this address too, with their own key", () => {
    const event = {
      event_action: "trigger",
      dedup_key: "k-1",
      payload: { summary: "x", source: "y", severity: "info" },
    };
    expect(eventBy(pagerduty, event)).toMatchObject({ dedupKey: "k-1", severity: "info" });
    const { rejected } = parsedBy(pagerduty, { event_action: "trigger" });
    expect(rejected[0]?.reason).toContain("'payload.summary' is missing or blank");
  });
});

describe("Opsgenie", () => {
  it.each([
    ["Create", "trigger"],
    ["UnAcknowledge", "trigger"],
    ["Acknowledge", "acknowledge"],
    ["Close", "resolve"],
    ["Delete", "resolve"],
  ])("takes %s for %s", (action, expected) => {
    expect(eventBy(opsgenie, opsgenieAlert(action))).toMatchObject({
      action: expected,
      dedupKey: "opsgenie:bets/stuck",
      warnings: [],
    });
  });

  it("pages nobody for notes, tags and escalations", () => {
    for (const action of ["AddNote", "AddTags", "EscalateNext"]) {
      expect(ignoredBy(opsgenie, opsgenieAlert(action))).toContain(action);
    }
  });

  it("takes an alert without priority, as older accounts send it", () => {
    expect(eventBy(opsgenie, opsgenieAlert("Create", { priority: undefined }))).toMatchObject({
      severity: "error",
      warnings: [],
    });
  });
});

describe("Statuspage", () => {
  it("fires until an outage is resolved, also while it is watched", () => {
    const actions = ["investigating", "identified", "monitoring", "resolved", "postmortem"].map(
      (status) => eventBy(statuspage, statuspageIncident(status)).action,
    );
    expect(actions).toEqual(["trigger", "trigger", "trigger", "resolve", "resolve"]);
  });

  it("pages nobody for maintenance", () => {
    expect(ignoredBy(statuspage, statuspageIncident("scheduled"))).toMatch(/scheduled/);
    expect(ignoredBy(statuspage, statuspageComponent("under_maintenance"))).toMatch(/maintenance/);
  });

  it("reads the impact, and the state of a component", () => {
    const severity = (impact: string) =>
      eventBy(statuspage, statuspageIncident("investigating", { impact })).severity;
    expect(["none", "minor", "major", "critical"].map(severity)).toEqual([
      "info",
      "warning",
      "error",
      "critical",
    ]);
    expect(eventBy(statuspage, statuspageComponent("partial_outage"))).toMatchObject({
      severity: "error",
      summary: "Card payments: partial outage",
    });
  });
});
