import { describe, expect, it } from "vitest";
import { newRelic } from "#lib/events/sources/new-relic";
import { eventBy } from "#lib/testing/source-events";
import { newRelicIncident, newRelicIssue } from "#lib/testing/source-messages-platforms";

describe("New Relic", () => {
  it.each([
    ["CREATED", "trigger"],
    ["ACTIVATED", "trigger"],
    ["ACKNOWLEDGED", "acknowledge"],
    ["CLOSED", "resolve"],
    ["DEACTIVATED", "resolve"],
  ])("takes %s for %s", (state, action) => {
    expect(eventBy(newRelic, newRelicIssue(state))).toMatchObject({ action, warnings: [] });
  });

  it("reads epochs in milliseconds; an empty or impossible one costs no event", () => {
    expect(eventBy(newRelic, newRelicIssue("CREATED")).timestamp).toBe("2026-01-11T18:00:00.000Z");
    expect(eventBy(newRelic, newRelicIssue("CREATED", { updatedAt: "", createdAt: "" }))).toMatchObject({
      timestamp: null,
      warnings: [],
    });
    const huge = eventBy(newRelic, newRelicIssue("CREATED", { updatedAt: 9e30 }));
    expect(huge.timestamp).toBeNull();
    expect(huge.warnings).toHaveLength(1);
  });

  it("keeps 'source' as well as 'sources'", () => {
    const event = eventBy(newRelic, newRelicIssue("CREATED", { sources: undefined, source: "newrelic" }));
    expect(event.customDetails).toMatchObject({ source: "newrelic" });
  });

  it("says of the older test notification that nothing will resolve it", () => {
    const event = eventBy(newRelic, newRelicIncident("open", { incident_id: 0 }));
    expect(event).toMatchObject({ action: "trigger", dedupKey: "new-relic:incident:0" });
    expect(event.warnings).toEqual(["A test notification of New Relic: nothing will resolve it"]);
  });
});
