import { describe, expect, it } from "vitest";
import { uptimeKuma } from "#lib/events/sources/uptime-kuma";
import { parseSource } from "#lib/events/sources/parse-source";
import { eventBy, ignoredBy } from "#lib/testing/source-events";
import { kumaMessage } from "#lib/testing/source-messages-checks";

describe("Uptime Kuma", () => {
  const send = (contentType: string | null, text: string) =>
    parseSource(uptimeKuma, { contentType, headers: {}, text });
  const multipart = [
    "--b1",
    'Content-Disposition: form-data; name="data"',
    "",
    JSON.stringify(kumaMessage(0)),
    "--b1--",
    "",
  ].join("\r\n");
  const { heartbeat, monitor, msg } = kumaMessage(0);
  const query = new URLSearchParams({
    msg: String(msg),
    heartbeat: JSON.stringify(heartbeat),
    monitor: JSON.stringify(monitor),
  }).toString();

  it.each([
    ["JSON", "application/json", JSON.stringify(kumaMessage(0))],
    ["a multipart form", "multipart/form-data; boundary=b1", multipart],
    ["an address", "application/x-www-form-urlencoded", query],
  ])("reads %s", (_name, contentType, text) => {
    expect(send(contentType, text)).toMatchObject({
      kind: "events",
      events: [
        { event: { action: "trigger", dedupKey: "uptime-kuma:7", source: "https://bets.test/health" } },
      ],
    });
  });

  it("pages nobody for a pending monitor and for maintenance", () => {
    expect(ignoredBy(uptimeKuma, kumaMessage(2))).toMatch(/'2'/);
    expect(ignoredBy(uptimeKuma, kumaMessage(3))).toMatch(/'3'/);
  });

  it("fires on a test, and once for a certificate that ends sooner every day", () => {
    const ending = (days: number) =>
      eventBy(uptimeKuma, {
        heartbeat: null,
        monitor: null,
        msg: `[Bet API] Certificate will be expired in ${days} days`,
      });
    expect(ending(14).dedupKey).toBe(ending(7).dedupKey);
    expect(ending(7)).toMatchObject({ action: "trigger", severity: "warning" });
    expect(
      eventBy(uptimeKuma, { heartbeat: null, monitor: null, msg: "Uptime Kuma Testing" }).warnings,
    ).toHaveLength(1);
  });

  it("takes repetitions that are not important for the same alert", () => {
    const again = kumaMessage(0, { heartbeat: { ...Object(heartbeat), important: false } });
    expect(eventBy(uptimeKuma, again).dedupKey).toBe(eventBy(uptimeKuma, kumaMessage(0)).dedupKey);
  });

  it("goes by the time in UTC, not by the local one", () => {
    expect(eventBy(uptimeKuma, kumaMessage(0)).timestamp).toBe("2026-01-11T18:00:00.000Z");
  });

  it("keeps two installations apart where they say which they are", () => {
    expect(eventBy(uptimeKuma, kumaMessage(0, { instance: "eu" })).dedupKey).toBe("uptime-kuma:eu:7");
  });
});
