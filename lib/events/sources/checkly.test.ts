import { describe, expect, it } from "vitest";
import { checkly } from "#lib/events/sources/checkly";
import { dash0 } from "#lib/events/sources/dash0";
import { eventBy, ignoredBy } from "#lib/testing/source-events";

const send = (alert_type: string) => ({
  alert_type,
  check_id: "c-1",
  check_name: "Login",
  event_title: "Login",
});

describe("Checkly", () => {
  it.each([
    ["ALERT_FAILURE", "trigger", "error"],
    ["ALERT_FAILURE_REMAIN", "trigger", "error"],
    ["ALERT_DEGRADED", "trigger", "warning"],
    ["ALERT_DEGRADED_FAILURE", "trigger", "error"],
    ["ALERT_FAILURE_DEGRADED", "trigger", "warning"],
    ["ALERT_RECOVERY", "resolve", null],
    ["ALERT_DEGRADED_RECOVERY", "resolve", null],
  ])("takes %s for %s", (type, action, severity) => {
    expect(eventBy(checkly, send(type))).toMatchObject({
      action,
      severity,
      dedupKey: "checkly:c-1",
      warnings: [],
    });
  });

  it("keeps a certificate that ends soon apart", () => {
    expect(eventBy(checkly, send("ALERT_SSL"))).toMatchObject({
      dedupKey: "checkly:c-1:certificate",
      severity: "warning",
    });
    expect(ignoredBy(checkly, send("NO_ALERT"))).toMatch(/no alert/);
  });
});

describe("Dash0", () => {
  const issue = {
    id: "1",
    issueIdentifier: "check-9",
    summary: "Errors",
    labels: [{ key: "a", value: { stringValue: "b" } }],
  };

  it("reads attributes, and the severity of the issue", () => {
    const body = { type: "alert.ongoing", data: { issue: { ...issue, status: "degraded" } } };
    expect(eventBy(dash0, body)).toMatchObject({
      severity: "warning",
      customDetails: { labels: { a: "b" } },
      warnings: [],
    });
  });

  it("takes a type that is not known for firing", () => {
    const event = eventBy(dash0, { type: "alert.exploded", data: { issue } });
    expect(event).toMatchObject({ action: "trigger", dedupKey: "dash0:check-9" });
    expect(event.warnings).toEqual(["State 'exploded' is not known, taken as firing"]);
  });
});
