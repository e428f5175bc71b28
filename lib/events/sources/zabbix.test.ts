import { describe, expect, it } from "vitest";
import { zabbix } from "#lib/events/sources/zabbix";
import { eventBy, ignoredBy } from "#lib/testing/source-events";
import { zabbixMessage } from "#lib/testing/source-messages-platforms";

describe("Zabbix", () => {
  it.each([
    ["0", "info"],
    ["1", "info"],
    ["2", "warning"],
    ["3", "warning"],
    ["4", "error"],
    ["5", "critical"],
    ["Disaster", "critical"],
    ["Average", "warning"],
    ["Not classified", "info"],
  ])("reads the severity %s as %s", (event_nseverity, severity) => {
    expect(eventBy(zabbix, zabbixMessage({ event_nseverity }))).toMatchObject({ severity, warnings: [] });
  });

  it("passes over macros that arrive as they were written", () => {
    const event = eventBy(
      zabbix,
      zabbixMessage({
        zabbix_url: "{$ZABBIX.URL}",
        event_date: "{DATE} {TIME}",
        event_nseverity: "{EVENT.NSEVERITY}",
      }),
    );
    expect(event).toMatchObject({ links: [], timestamp: null, severity: "error", warnings: [] });
  });

  it("goes by trigger and host, or host and name, where a template sends no event's id", () => {
    const none = { event_id: "{EVENT.ID}" };
    expect(eventBy(zabbix, zabbixMessage(none)).dedupKey).toBe("zabbix:db-1:16012");
    const fire = zabbixMessage({ ...none, trigger_id: "", event_name: "", subject: "Problem: Load is high" });
    const over = { ...fire, event_value: "0", subject: "Resolved in 5m: Load is high" };
    expect(eventBy(zabbix, over).dedupKey).toBe(eventBy(zabbix, fire).dedupKey);
  });

  it("reads tags that are a JSON text, and leaves a broken one alone", () => {
    expect(eventBy(zabbix, zabbixMessage()).customDetails).toMatchObject({
      tags: [{ tag: "scope", value: "performance" }],
    });
    expect(eventBy(zabbix, zabbixMessage({ event_tags_json: "[{" })).warnings).toEqual([]);
  });

  it("acknowledges on an update that does, and pages nobody for other updates", () => {
    const update = (action: string) =>
      zabbixMessage({ event_update_status: "1", event_update_action: action });
    expect(eventBy(zabbix, update("acknowledged, commented")).action).toBe("acknowledge");
    expect(eventBy(zabbix, update("changed severity from High to Disaster")).action).toBe("trigger");
    expect(ignoredBy(zabbix, update("suppressed"))).toMatch(/update/);
    expect(ignoredBy(zabbix, update("unacknowledged"))).toMatch(/acknowledgement/);
  });

  it("reads fields under the names of the macros too", () => {
    const body = { "EVENT.ID": "1", "EVENT.VALUE": "1", "EVENT.NAME": "Disk", "HOST.NAME": "db-1" };
    expect(eventBy(zabbix, body)).toMatchObject({ dedupKey: "zabbix:1", summary: "Disk", source: "db-1" });
  });

  it("resolves whatever the update says", () => {
    expect(eventBy(zabbix, zabbixMessage({ event_value: "0", event_update_status: "1" })).action).toBe(
      "resolve",
    );
  });
});
