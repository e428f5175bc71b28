import { describe, expect, it } from "vitest";
import { judgeDiscord } from "#lib/notifications/channels/discord";
import { judgeGoogleChat } from "#lib/notifications/channels/google-chat";
import { judgeMattermost } from "#lib/notifications/channels/mattermost";
import { judgeNtfy } from "#lib/notifications/channels/ntfy";
import { judgePushover } from "#lib/notifications/channels/pushover";
import { judgeSlackApi } from "#lib/notifications/channels/slack-api";
import { judgeTeams } from "#lib/notifications/channels/teams";
import { judgeTelegram } from "#lib/notifications/channels/telegram";
import type { SendResult } from "#lib/notifications/delivery";

/** `ok`, `again` (tried again), `never` (not tried again), `off` (not tried again, and the address is switched off). */
function meaning(result: SendResult): string {
  if (result.kind === "accepted") return "ok";
  if (result.retry) return "again";
  return result.invalidDestination ? "off" : "never";
}

const answer = (status: number, body: unknown, headers: Record<string, string> = {}) => ({
  status,
  headers,
  body: typeof body === "string" ? body : JSON.stringify(body),
});

describe("what a provider's answer means", () => {
  it.each([
    [200, { ok: true, channel: "D1", ts: "1.2" }, "ok"],
    [200, { ok: false, error: "not_in_channel" }, "never"],
    [200, { ok: false, error: "channel_not_found" }, "off"],
    [200, { ok: false, error: "is_archived" }, "off"],
    [200, { ok: false, error: "user_not_found" }, "off"],
    [200, { ok: false, error: "user_disabled" }, "off"],
    [200, { ok: false, error: "invalid_auth" }, "never"],
    [200, { ok: false, error: "token_revoked" }, "never"],
    [200, { ok: false, error: "missing_scope" }, "never"],
    [429, { ok: false, error: "ratelimited" }, "again"],
    [200, { ok: false, error: "internal_error" }, "again"],
    [200, { ok: false, error: "something_new" }, "never"],
    [503, "<html>down</html>", "again"],
  ])("Slack %i %j: %s", (status, body, expected) => {
    expect(meaning(judgeSlackApi(answer(status, body)))).toBe(expected);
  });

  it.each([
    [202, "", "ok"],
    [200, "1", "ok"],
    [404, { error: { code: "WorkflowNotFound" } }, "off"],
    [401, { error: { code: "DirectApiAuthorizationRequired" } }, "off"],
    [400, { error: { code: "WorkflowTriggerIsNotEnabled" } }, "never"],
    [400, { error: { code: "TriggerInputSchemaMismatch" } }, "never"],
    [410, "gone", "off"],
    [429, "", "again"],
    [
      200,
      "Webhook message delivery failed with error: Microsoft Teams endpoint returned HTTP error 429",
      "again",
    ],
    [
      200,
      "Webhook message delivery failed with error: Microsoft Teams endpoint returned HTTP error 413",
      "never",
    ],
  ])("Teams %i %j: %s", (status, body, expected) => {
    expect(meaning(judgeTeams(answer(status, body)))).toBe(expected);
  });

  it.each([
    [200, "ok", "ok"],
    [400, { id: "web.incoming_webhook.invalid.app_error", message: "Invalid webhook." }, "off"],
    [404, { id: "web.incoming_webhook.channel.app_error", message: "Couldn't find the channel." }, "off"],
    [
      403,
      { id: "web.incoming_webhook.permissions.app_error", message: "Inappropriate permissions." },
      "never",
    ],
    [501, { id: "web.incoming_webhook.disabled.app_error", message: "Disabled." }, "never"],
    [404, "no such page", "off"],
    [500, "boom", "again"],
  ])("Mattermost %i %j: %s", (status, body, expected) => {
    expect(meaning(judgeMattermost(answer(status, body)))).toBe(expected);
  });

  it.each([
    [200, { id: "900" }, "ok"],
    [204, "", "ok"],
    [404, { code: 10_015, message: "Unknown Webhook" }, "off"],
    [401, { code: 50_027, message: "Invalid Webhook Token" }, "off"],
    [400, { code: 50_035, message: "Invalid Form Body" }, "never"],
    [429, { message: "You are being rate limited.", retry_after: 2.5, global: false }, "again"],
    [502, "bad gateway", "again"],
  ])("Discord %i %j: %s", (status, body, expected) => {
    expect(meaning(judgeDiscord(answer(status, body), "https://discord.example/webhook"))).toBe(expected);
  });

  it.each([
    [200, { name: "spaces/S/messages/M" }, "ok"],
    [404, { error: { status: "NOT_FOUND", message: "Space not found" } }, "off"],
    [401, { error: { status: "UNAUTHENTICATED", message: "bad key" } }, "off"],
    [400, { error: { status: "INVALID_ARGUMENT", message: "bad card" } }, "never"],
    [429, { error: { status: "RESOURCE_EXHAUSTED", message: "quota" } }, "again"],
    [503, { error: { status: "UNAVAILABLE", message: "later" } }, "again"],
  ])("Google Chat %i %j: %s", (status, body, expected) => {
    expect(meaning(judgeGoogleChat(answer(status, body)))).toBe(expected);
  });

  it.each([
    [200, { ok: true, result: { message_id: 5 } }, "ok"],
    [400, { ok: false, error_code: 400, description: "Bad Request: chat not found" }, "off"],
    [403, { ok: false, error_code: 403, description: "Forbidden: bot was blocked by the user" }, "off"],
    [403, { ok: false, error_code: 403, description: "Forbidden: user is deactivated" }, "off"],
    [401, { ok: false, error_code: 401, description: "Unauthorized" }, "never"],
    [400, { ok: false, error_code: 400, description: "Bad Request: can't parse entities" }, "never"],
    [
      429,
      { ok: false, error_code: 429, description: "Too Many Requests", parameters: { retry_after: 7 } },
      "again",
    ],
    [502, { ok: false, error_code: 502, description: "Bad Gateway" }, "again"],
  ])("Telegram %i %j: %s", (status, body, expected) => {
    expect(meaning(judgeTelegram(answer(status, body), "42"))).toBe(expected);
  });

  it.each([
    [200, { id: "abc" }, "ok"],
    [400, { code: 40_009, error: "invalid request: topic invalid" }, "off"],
    [401, { code: 40_101, error: "unauthorized" }, "never"],
    [403, { code: 40_301, error: "forbidden" }, "never"],
    [404, "404 page not found", "off"],
    [429, { code: 42_901, error: "limit reached" }, "again"],
    [507, { code: 50_701, error: "cannot publish" }, "again"],
  ])("ntfy %i %j: %s", (status, body, expected) => {
    expect(meaning(judgeNtfy(answer(status, body)))).toBe(expected);
  });

  it.each([
    [200, { status: 1, request: "r" }, "ok"],
    [400, { status: 0, user: "invalid", errors: ["user identifier is not valid"] }, "off"],
    [400, { status: 0, token: "invalid", errors: ["application token is invalid"] }, "never"],
    [429, { status: 0, errors: ["application is over its quota"] }, "again"],
    [500, "oops", "again"],
  ])("Pushover %i %j: %s", (status, body, expected) => {
    expect(meaning(judgePushover(answer(status, body), "user-key"))).toBe(expected);
  });
});

describe("how long a provider asks us to wait", () => {
  it.each([
    [
      "Slack, by header",
      judgeSlackApi(answer(429, { ok: false, error: "ratelimited" }, { "retry-after": "30" })),
      30_000,
    ],
    [
      "Discord, by a fraction in the body",
      judgeDiscord(answer(429, { message: "", retry_after: 2.5 }), ""),
      2500,
    ],
    [
      "Telegram, by its parameters",
      judgeTelegram(answer(429, { ok: false, error_code: 429, parameters: { retry_after: 7 } }), ""),
      7000,
    ],
    [
      "nobody for an hour",
      judgeSlackApi(answer(429, { ok: false, error: "ratelimited" }, { "retry-after": "3600" })),
      600_000,
    ],
  ])("%s", (_, result, expected) => {
    expect(result).toMatchObject({ retry: true, retryAfterMs: expected });
  });
});
