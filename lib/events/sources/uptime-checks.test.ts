import { describe, expect, it } from "vitest";
import { parseSource } from "#lib/events/sources/parse-source";
import { pingdom } from "#lib/events/sources/pingdom";
import { statuscake } from "#lib/events/sources/statuscake";
import { uptimerobot } from "#lib/events/sources/uptimerobot";
import { eventBy, parsedBy } from "#lib/testing/source-events";
import { cakeMessage, pingdomCheck, robotMessage } from "#lib/testing/source-messages-checks";

describe("Pingdom", () => {
  it("survives an empty second probe, and takes the description 'OK' for no state", () => {
    expect(
      eventBy(pingdom, pingdomCheck("DOWN", { second_probe: {}, long_description: "OK" })),
    ).toMatchObject({
      action: "trigger",
      summary: "Bet API is DOWN (OK)",
    });
  });

  it.each([
    ["FAILING", "trigger"],
    ["SUCCESS", "resolve"],
  ])("reads the state %s of a transaction check", (state, action) => {
    expect(eventBy(pingdom, pingdomCheck(state)).action).toBe(action);
  });

  it("reads the importance", () => {
    expect(eventBy(pingdom, pingdomCheck("DOWN")).severity).toBe("critical");
    expect(eventBy(pingdom, pingdomCheck("DOWN", { importance_level: "LOW" })).severity).toBe("warning");
  });
});

describe("UptimeRobot", () => {
  it("reads numbers that are texts, and passes over variables that were not filled in", () => {
    expect(eventBy(uptimerobot, robotMessage("1"))).toMatchObject({
      dedupKey: "uptimerobot:777",
      timestamp: "2026-01-11T18:00:00.000Z",
      summary: "Bet API is down: Connection timeout",
    });
    const unfilled = robotMessage("1", { monitorID: "*monitorID*" });
    expect(eventBy(uptimerobot, unfilled).dedupKey).toBe("uptimerobot:https://bets.test/health:Bet API");
  });

  it("keeps a certificate that ends soon apart from the address that answers again", () => {
    const certificate = eventBy(uptimerobot, robotMessage("3"));
    expect(certificate).toMatchObject({ action: "trigger", severity: "warning" });
    expect(certificate.dedupKey).not.toBe(eventBy(uptimerobot, robotMessage("2")).dedupKey);
  });

  it("reads what comes in the address", () => {
    const text = "monitorID=777&alertType=2&monitorFriendlyName=Bet+API";
    const contentType = "application/x-www-form-urlencoded";
    expect(parseSource(uptimerobot, { contentType, headers: {}, text })).toMatchObject({
      events: [{ event: { action: "resolve", dedupKey: "uptimerobot:777" } }],
    });
  });
});

describe("StatusCake", () => {
  it.each(["UP", "Up", "up"])("takes %s for over", (status) => {
    expect(eventBy(statuscake, cakeMessage(status)).action).toBe("resolve");
  });

  it("reads a form", () => {
    const text = "URL=https%3A%2F%2Fbets.test&Token=abc&Name=Bet+API&StatusCode=500&Status=Down&Tags=a%2C+b";
    const contentType = "application/x-www-form-urlencoded";
    expect(parseSource(statuscake, { contentType, headers: {}, text })).toMatchObject({
      events: [
        { event: { dedupKey: "statuscake:Bet API:https://bets.test", customDetails: { tags: ["a", "b"] } } },
      ],
    });
  });

  it("keeps the sender's token nowhere", () => {
    expect(JSON.stringify(parsedBy(statuscake, cakeMessage("Down")))).not.toContain(
      "5f4dcc3b5aa765d61d8327deb882cf99",
    );
  });
});
