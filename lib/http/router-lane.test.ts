import { expect, test } from "vitest";
import { routerLane } from "#lib/http/router-lane";

test.each([
  "/a/token",
  "/a/token?x=1",
  "/api/hooks/telephony/Q1/text",
  "/api/chat/slack",
  "/api/health",
  "/api/health?check=web",
  "/api/live",
  "/api/events",
  "/metrics",
  "/_next/static/chunks/a.js",
  "/live-worker.js",
  "/icon.png?v=2",
])("%s waits behind no page", (target) => expect(routerLane(target)).toBe("urgent"));

test.each([
  "/",
  "/alerts",
  "/incidents?x=/a/b",
  "/sign-in?next=/x.js",
  "/api/ui/incidents",
  "/api/v2/users",
  "/metrics-of",
  "/calendar/x.ics",
])("%s takes its turn among pages", (target) => expect(routerLane(target)).toBe("ordinary"));
