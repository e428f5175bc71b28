import { describe, expect, it } from "vitest";
import { sentry } from "#lib/events/sources/sentry";
import { eventBy, ignoredBy } from "#lib/testing/source-events";
import { sentryIssue, sentryMetric } from "#lib/testing/source-messages-platforms";

const EVENT = {
  event_id: "e1",
  issue_id: "1170820242",
  title: "TimeoutError: odds",
  level: "fatal",
  web_url: "https://bets.sentry.io/issues/1170820242/events/e1/",
  datetime: "2026-01-11T18:00:00.000Z",
  tags: [
    ["environment", "prod"],
    ["release", "42"],
  ],
};
const ALERT = { action: "triggered", data: { event: EVENT, triggered_rule: "Many errors" } };

describe("Sentry", () => {
  it("knows an issue alert by its issue, which alone is resolved", () => {
    const fire = eventBy(sentry, ALERT);
    expect(fire).toMatchObject({ action: "trigger", severity: "critical", class: "Many errors" });
    expect(eventBy(sentry, sentryIssue("resolved"))).toMatchObject({
      action: "resolve",
      dedupKey: fire.dedupKey,
    });
  });

  it("reads tags that are a list of pairs, in an event without a request", () => {
    expect(eventBy(sentry, ALERT).customDetails).toMatchObject({
      tags: { environment: "prod", release: "42" },
    });
  });

  it("keeps metric alerts apart from issues of the same number", () => {
    const issue = eventBy(sentry, sentryIssue("created", { issue: { id: "4", title: "x" } }));
    const metric = eventBy(sentry, sentryMetric("warning"));
    expect(metric).toMatchObject({ dedupKey: "sentry:metric:4", severity: "warning", action: "trigger" });
    expect(issue.dedupKey).toBe("sentry:issue:4");
  });

  it.each([
    ["created", "trigger"],
    ["unresolved", "trigger"],
    ["resolved", "resolve"],
    ["ignored", "resolve"],
    ["archived", "resolve"],
  ])("takes an issue that was %s for %s", (action, expected) => {
    expect(eventBy(sentry, sentryIssue(action)).action).toBe(expected);
  });

  it("pages nobody for an assignment, a comment and the installation", () => {
    expect(ignoredBy(sentry, sentryIssue("assigned"))).toMatch(/assigned/);
    expect(ignoredBy(sentry, { action: "created", data: { comment: "Looking", issue_id: "1" } })).toMatch(
      /comment/,
    );
    const installed = {
      action: "created",
      installation: { uuid: "1" },
      data: { installation: { status: "installed" } },
    };
    expect(ignoredBy(sentry, installed)).toMatch(/Installing/);
  });

  it("reads the older plugin, with the issue's id at the top", () => {
    const body = {
      id: "99",
      project: "bets",
      culprit: "placeBet",
      level: "warning",
      url: "https://s.test/99",
      message: "Slow",
      event: { tags: [] },
    };
    expect(eventBy(sentry, body)).toMatchObject({
      dedupKey: "sentry:issue:99",
      severity: "warning",
      summary: "Slow",
    });
  });
});
