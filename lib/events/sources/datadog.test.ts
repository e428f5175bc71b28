import { describe, expect, it } from "vitest";
import { datadog } from "#lib/events/sources/datadog";
import { eventBy, ignoredBy } from "#lib/testing/source-events";
import { datadogMessage } from "#lib/testing/source-messages-platforms";

describe("Datadog", () => {
  it("never goes by the event's own id", () => {
    const keys = ["1", "2"].map((id) => eventBy(datadog, datadogMessage({ id })).dedupKey);
    expect(keys[0]).toBe(keys[1]);
  });

  it("keeps groups of a multi-alert apart, of which one recovers", () => {
    const group = (scope: string, transition: string) =>
      eventBy(
        datadog,
        datadogMessage({ aggreg_key: "$AGGREG_KEY", alert_scope: scope, alert_transition: transition }),
      );
    const [nfl, nba, over] = [
      group("feed:nfl", "Triggered"),
      group("feed:nba", "Triggered"),
      group("feed:nfl", "Recovered"),
    ];
    expect(nfl.dedupKey).toBe("datadog:1234:feed:nfl");
    expect(nba.dedupKey).not.toBe(nfl.dedupKey);
    expect(over).toMatchObject({ action: "resolve", dedupKey: nfl.dedupKey });
  });

  it("raises a warning that becomes an alert, under one key", () => {
    const warn = eventBy(datadog, datadogMessage({ alert_transition: "Warn", alert_type: "warning" }));
    const alert = eventBy(datadog, datadogMessage({ alert_priority: "P1" }));
    expect([warn.severity, alert.severity]).toEqual(["warning", "critical"]);
    expect(alert.dedupKey).toBe(warn.dedupKey);
  });

  it.each(["Triggered", "Re-Triggered", "No Data", "Re-No Data", "Warn", "Re-Warn", "Renotify"])(
    "fires on %s",
    (alert_transition) => {
      expect(eventBy(datadog, datadogMessage({ alert_transition }))).toMatchObject({
        action: "trigger",
        warnings: [],
      });
    },
  );

  it("pages nobody for a muted monitor", () => {
    expect(ignoredBy(datadog, datadogMessage({ alert_transition: "Muted" }))).toMatch(/muted/);
  });

  it("does not take an event's priority 'normal' for the monitor's", () => {
    const message = datadogMessage({ alert_priority: "$ALERT_PRIORITY", priority: "normal" });
    expect(eventBy(datadog, message)).toMatchObject({ severity: "error", warnings: [] });
    expect(eventBy(datadog, datadogMessage({ alert_priority: 3 })).severity).toBe("warning");
  });

  it("reads epochs in milliseconds, and tags that don't begin with 'monitor'", () => {
    expect(eventBy(datadog, datadogMessage({ tags: "env:prod" }))).toMatchObject({
      timestamp: "2026-01-11T18:00:00.000Z",
      customDetails: { tags: "env:prod" },
    });
  });

  it("goes by alert_type where there is no transition, and by the title of the default payload", () => {
    const message = datadogMessage({
      alert_transition: "$ALERT_TRANSITION",
      alert_type: "success",
      title: "x",
    });
    expect(eventBy(datadog, message).action).toBe("resolve");
    const plain = (title: string) => eventBy(datadog, { id: "1", event_type: "metric_alert_monitor", title });
    const fire = plain("[Triggered on {host:web-1}] CPU is high");
    const over = plain("[Recovered on {host:web-1}] CPU is high");
    expect(fire).toMatchObject({ action: "trigger", summary: "CPU is high", source: "host:web-1" });
    expect(over).toMatchObject({ action: "resolve", dedupKey: fire.dedupKey });
  });

  it("takes an unknown transition for firing, with a warning", () => {
    const event = eventBy(datadog, datadogMessage({ alert_transition: "Exploded" }));
    expect(event.action).toBe("trigger");
    expect(event.warnings).toEqual(["State 'Exploded' is not known, taken as firing"]);
  });
});
