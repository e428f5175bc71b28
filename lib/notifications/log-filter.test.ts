import { expect, it } from "vitest";
import { logHref, logQuery, parseLogView } from "#lib/notifications/log-filter";

it("gives its address back", () => {
  const href = "/settings/notifications?person=P1A&incident=Q2B&channel=push&state=failed";
  const view = parseLogView(new URLSearchParams(href.split("?")[1]));
  expect(logHref(view)).toBe(href);
  expect(logQuery(view)).toEqual({ userId: "P1A", incidentId: "Q2B", channel: "push", state: "failed" });
});

it("leaves out what means nothing", () => {
  const view = parseLogView(new URLSearchParams("person=x'y&channel=pigeon&state="));
  expect(logHref(view)).toBe("/settings/notifications");
  expect(logQuery(view)).toEqual({});
});
