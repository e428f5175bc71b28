import { describe, expect, it } from "vitest";
import { checkmk, icinga, nagios } from "#lib/events/sources/host-checks";
import { librenms } from "#lib/events/sources/librenms";
import { parseSource } from "#lib/events/sources/parse-source";
import { eventBy, ignoredBy } from "#lib/testing/source-events";
import { checkMessage, libreMessage } from "#lib/testing/source-messages-checks";

describe("Nagios and its descendants", () => {
  it.each([
    ["PROBLEM", "CRITICAL", "trigger", "critical"],
    ["PROBLEM", "WARNING", "trigger", "warning"],
    ["PROBLEM", "UNKNOWN", "trigger", "warning"],
    ["FLAPPINGSTART", "OK", "trigger", "error"],
    ["FLAPPINGSTOP", "OK", "resolve", null],
    ["FLAPPINGSTOP", "CRITICAL", "trigger", "critical"],
    ["ACKNOWLEDGEMENT", "CRITICAL", "acknowledge", null],
    ["ACKNOWLEDGEMENT (CRITICAL)", "CRITICAL", "acknowledge", null],
    ["RECOVERY", "OK", "resolve", null],
    ["CUSTOM", "CRITICAL", "trigger", "critical"],
  ])("takes %s in state %s for %s", (type, state, action, severity) => {
    expect(eventBy(nagios, checkMessage(type, state))).toMatchObject({ action, severity, warnings: [] });
  });

  it.each(["DOWNTIMESTART", "DOWNTIMEEND", "DOWNTIMECANCELLED"])("pages nobody for %s", (type) => {
    expect(ignoredBy(nagios, checkMessage(type, "CRITICAL"))).toMatch(/downtime/);
  });

  it("pages nobody for a soft state", () => {
    expect(ignoredBy(icinga, checkMessage("PROBLEM", "CRITICAL", { service_state_type: "SOFT" }))).toMatch(
      /soft/,
    );
    expect(eventBy(icinga, checkMessage("PROBLEM", "CRITICAL", { service_state_type: "HARD" })).action).toBe(
      "trigger",
    );
  });

  it("reads hosts, and keeps them apart from their services", () => {
    const host = eventBy(icinga, {
      notification_type: "PROBLEM",
      host_name: "db-1",
      host_state: "DOWN",
      host_output: "no answer",
    });
    expect(host).toMatchObject({ severity: "critical", summary: "db-1: DOWN (no answer)" });
    expect(host.dedupKey).not.toBe(eventBy(icinga, checkMessage("PROBLEM", "CRITICAL")).dedupKey);
    const over = { notification_type: "RECOVERY", host_name: "db-1", host_state: "UP" };
    expect(eventBy(icinga, over)).toMatchObject({ action: "resolve", dedupKey: host.dedupKey });
    expect(
      eventBy(icinga, { ...over, notification_type: "PROBLEM", host_state: "UNREACHABLE" }).severity,
    ).toBe("error");
  });

  it("knows Checkmk's macros, and never goes by a notification's number", () => {
    const macros = (id: number, changes: object = {}) => ({
      NOTIFY_id: id,
      NOTIFY_WHAT: "SERVICE",
      NOTIFY_NOTIFICATIONTYPE: "PROBLEM",
      NOTIFY_HOSTNAME: "db-1",
      NOTIFY_SERVICEDESC: "Disk /",
      NOTIFY_SERVICESTATE: "CRITICAL",
      NOTIFY_SERVICEOUTPUT: "96 % used",
      ...changes,
    });
    expect(eventBy(checkmk, macros(18)).dedupKey).toBe(eventBy(checkmk, macros(19)).dedupKey);
    const host = { NOTIFY_WHAT: "HOST", NOTIFY_HOSTSTATE: "DOWN", NOTIFY_SERVICEDESC: "$SERVICEDESC$" };
    expect(eventBy(checkmk, macros(20, host))).toMatchObject({
      dedupKey: "checkmk:db-1:",
      severity: "critical",
    });
  });

  it("reads a form as a script sends it", () => {
    const text = "notification_type=PROBLEM&host_name=db-1&service_desc=Disk+%2F&service_state=WARNING";
    const contentType = "application/x-www-form-urlencoded";
    expect(parseSource(nagios, { contentType, headers: {}, text })).toMatchObject({
      events: [{ event: { dedupKey: "nagios:db-1:Disk /", severity: "warning" } }],
    });
  });
});

describe("LibreNMS", () => {
  it.each([
    ["1", "trigger"],
    ["2", "acknowledge"],
    ["3", "trigger"],
    ["4", "trigger"],
    ["0", "resolve"],
  ])("takes the state %s for %s, by rule and device whatever the uid", (state, action) => {
    expect(eventBy(librenms, libreMessage(state))).toMatchObject({ action, dedupKey: "librenms:12:3" });
  });

  it("goes by the uid where there is nothing else", () => {
    expect(eventBy(librenms, { uid: "9", state: "1", title: "x" }).dedupKey).toBe("librenms:9");
  });
});
