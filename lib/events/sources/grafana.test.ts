import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { NormalisedEvent } from "#lib/events/event";
import { grafana } from "#lib/events/sources/grafana";
import type { ParsedEvents, SourceContext } from "#lib/events/sources/source";
import { storableJson } from "#lib/events/storable-json";
import { hostileJson } from "#lib/testing/hostile-json";

const CONTEXT: SourceContext = { headers: {}, defaultSeverity: "warning" };

function alert(changes: object = {}): Record<string, unknown> {
  return {
    status: "firing",
    labels: { alertname: "Odds feed stale", grafana_folder: "Trading", feed: "nfl" },
    annotations: { summary: "No odds for 90 s" },
    startsAt: "2026-01-11T18:00:00Z",
    endsAt: "0001-01-01T00:00:00Z",
    values: { A: 91.5, C: 1 },
    valueString: "[ var='A' labels={feed=nfl} value=91.5 ]",
    generatorURL: "https://grafana.test/alerting/grafana/abc/view?orgId=1",
    fingerprint: "8f0c6cd5b64ea5f1",
    silenceURL: "https://grafana.test/alerting/silence/new?matcher=feed%3Dnfl",
    dashboardURL: "https://grafana.test/d/odds?orgId=1",
    panelURL: "https://grafana.test/d/odds?orgId=1&viewPanel=4",
    imageURL: "https://grafana.test/public/img/4.png",
    ...changes,
  };
}

function notification(alerts: unknown, changes: object = {}): Record<string, unknown> {
  return {
    receiver: "Touchline",
    status: "firing",
    state: "alerting",
    orgId: 1,
    title: "[FIRING:1] Odds feed stale",
    message: "**Firing**",
    groupLabels: { alertname: "Odds feed stale" },
    commonLabels: { alertname: "Odds feed stale" },
    commonAnnotations: {},
    externalURL: "https://grafana.test/",
    version: "1",
    groupKey: '{}:{alertname="Odds feed stale"}',
    truncatedAlerts: 0,
    alerts,
    ...changes,
  };
}

function parse(payload: unknown): ParsedEvents {
  const parsed = grafana.parse(payload, CONTEXT);
  if (parsed.kind !== "events") throw new Error(JSON.stringify(parsed));
  return parsed;
}

function eventOf(changes: object): NormalisedEvent {
  const event = parse(notification([alert(changes)])).events[0]?.event;
  if (!event) throw new Error("no event");
  return event;
}

describe("unified alerting", () => {
  it("becomes an event with values, links and the panel's picture", () => {
    expect(eventOf({})).toMatchObject({
      action: "trigger",
      dedupKey: "8f0c6cd5b64ea5f1",
      summary: "No odds for 90 s",
      source: "Grafana",
      severity: "warning",
      timestamp: "2026-01-11T18:00:00.000Z",
      group: "Trading",
      class: "Odds feed stale",
      customDetails: {
        labels: { alertname: "Odds feed stale", grafana_folder: "Trading", feed: "nfl" },
        values: { A: 91.5, C: 1 },
        valueString: "[ var='A' labels={feed=nfl} value=91.5 ]",
        orgId: "1",
      },
      links: [
        { href: "https://grafana.test/alerting/grafana/abc/view?orgId=1", text: "Rule" },
        { href: "https://grafana.test/d/odds?orgId=1", text: "Dashboard" },
        { href: "https://grafana.test/d/odds?orgId=1&viewPanel=4", text: "Panel" },
        { href: "https://grafana.test/alerting/silence/new?matcher=feed%3Dnfl", text: "Silence" },
      ],
      images: [{ src: "https://grafana.test/public/img/4.png", href: null, alt: "Panel" }],
      client: "Grafana",
      clientUrl: "https://grafana.test/",
      warnings: [],
    });
  });

  it("goes by each alert's own state, not by that of the notification", () => {
    const alerts = [
      alert({ fingerprint: "a", status: "resolved", endsAt: "2026-01-11T18:05:00Z" }),
      alert({ fingerprint: "b", status: "resolved", endsAt: "2026-01-11T18:06:00Z" }),
      alert({ fingerprint: "c" }),
    ];
    const { events } = parse(notification(alerts));
    expect(events.map(({ event }) => [event.dedupKey, event.action, event.timestamp])).toEqual([
      ["a", "resolve", "2026-01-11T18:05:00.000Z"],
      ["b", "resolve", "2026-01-11T18:06:00.000Z"],
      ["c", "trigger", "2026-01-11T18:00:00.000Z"],
    ]);
  });

  it.each([
    ["DatasourceNoData", "Odds feed stale: no data"],
    ["DatasourceError", "Odds feed stale: evaluation failed"],
  ])("names the rule behind %s", (alertname, summary) => {
    const labels = { alertname, rulename: "Odds feed stale", datasource_uid: "x", ref_id: "A" };
    expect(eventOf({ labels, annotations: {}, values: null })).toMatchObject({
      action: "trigger",
      summary,
      class: alertname,
    });
  });

  it.each([
    ["dashboardURL", "", []],
    ["dashboardURL", "/d/odds", ["'dashboardURL' is not an http(s) address, left out"]],
    ["panelURL", "localhost:3000/d/odds", ["'panelURL' is not an http(s) address, left out"]],
    ["silenceURL", "javascript:alert(1)", ["'silenceURL' is not an http(s) address, left out"]],
    ["imageURL", "http://localhost:3000/a.png", ["'imageURL' is not an https address, left out"]],
    ["imageURL", "", []],
  ])("leaves out %s when it is %j", (field, url, warnings) => {
    const event = eventOf({ [field]: url });
    expect(event.warnings).toEqual(warnings);
    expect([...event.links.map(({ href }) => href), ...event.images.map(({ src }) => src)]).not.toContain(
      url,
    );
  });

  it("says what to do about a custom payload", () => {
    const parsed = grafana.parse({ text: "Odds feed stale", level: "bad" }, CONTEXT);
    expect(parsed).toEqual({
      kind: "unrecognised",
      reason:
        "The body has no list of alerts: the contact point seems to use a custom payload; remove it so that Grafana sends its own",
    });
    expect(grafana.parse("text", CONTEXT)).toMatchObject({ kind: "unrecognised" });
  });

  it("rejects alerts of a custom payload that nothing identifies", () => {
    expect(parse({ alerts: [{ text: "x" }] })).toMatchObject({ events: [], rejected: [{ index: 0 }] });
  });
});

describe("legacy alerting", () => {
  const legacy = {
    title: "[Alerting] Odds feed stale",
    ruleId: 17,
    ruleName: "Odds feed stale",
    ruleUrl: "https://grafana.test/d/odds?tab=alert",
    state: "alerting",
    imageUrl: "https://grafana.test/4.png",
    message: "No odds for 90 s",
    orgId: 2,
    dashboardId: 5,
    panelId: 4,
    tags: { severity: "P1" },
    evalMatches: [{ value: 91.5, metric: "age", tags: null }],
  };

  it("becomes an event that its rule identifies", () => {
    expect(parse(legacy).events[0]?.event).toEqual({
      action: "trigger",
      dedupKey: "grafana:2:5:17",
      summary: "[Alerting] Odds feed stale",
      source: "Grafana",
      severity: "critical",
      timestamp: null,
      component: null,
      group: null,
      class: "Odds feed stale",
      customDetails: {
        state: "alerting",
        message: "No odds for 90 s",
        evalMatches: [{ value: 91.5, metric: "age", tags: null }],
        tags: { severity: "P1" },
        ruleId: 17,
        orgId: 2,
        dashboardId: 5,
        panelId: 4,
      },
      links: [{ href: "https://grafana.test/d/odds?tab=alert", text: "Rule" }],
      images: [{ src: "https://grafana.test/4.png", href: null, alt: "Panel" }],
      client: "Grafana",
      clientUrl: null,
      warnings: [],
    });
  });

  it.each([
    ["alerting", "trigger", []],
    ["no_data", "trigger", []],
    ["ok", "resolve", []],
    ["OK", "resolve", []],
    ["unknown", "trigger", ["State 'unknown' is not known, taken as firing"]],
  ])("of state %s is a %s under the same key", (state, action, warnings) => {
    const title = `[${state}] Odds feed stale`;
    const { events } = parse({ ...legacy, state, title, evalMatches: [] });
    expect(events).toMatchObject([{ event: { action, dedupKey: "grafana:2:5:17", warnings } }]);
  });

  it.each([["pending"], ["paused"]])("of state %s pages nobody", (state) => {
    expect(parse({ ...legacy, state })).toMatchObject({
      events: [],
      rejected: [],
      ignored: [{ index: 0, reason: `The rule is ${state}, which pages nobody` }],
    });
  });

  it("may keep its severity in the tags of a match, and may have hardly anything", () => {
    const tagged = {
      ...legacy,
      tags: {},
      evalMatches: [{ tags: null }, null, { tags: { Severity: "minor" } }],
    };
    expect(parse(tagged).events[0]?.event.severity).toBe("warning");
    expect(parse({ ruleId: 0, state: "alerting" }).events[0]?.event).toMatchObject({
      dedupKey: "grafana:1:0:0",
      summary: "Alert without a name",
      severity: "warning",
    });
  });
});

describe("for any body", () => {
  it("parsing never throws and gives storable events, the same twice", () => {
    fc.assert(
      fc.property(
        hostileJson,
        hostileJson,
        fc.constantFrom(...Object.keys(alert())),
        (value, other, field) => {
          const bodies = [
            notification([alert({ [field]: value }), value], { orgId: other, commonLabels: other }),
            { ruleId: 1, [field]: value, state: other, tags: value, evalMatches: [other], ruleUrl: value },
            value,
          ];
          for (const body of bodies) {
            const parsed = grafana.parse(body, CONTEXT);
            expect(storableJson(parsed).warnings).toEqual([]);
            expect(grafana.parse(body, CONTEXT)).toEqual(parsed);
          }
        },
      ),
    );
  });
});
