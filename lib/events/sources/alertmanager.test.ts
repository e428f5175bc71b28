import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { NormalisedEvent } from "#lib/events/event";
import { alertmanager } from "#lib/events/sources/alertmanager";
import type { ParsedEvents, SourceContext } from "#lib/events/sources/source";
import { storableJson } from "#lib/events/storable-json";
import { hostileJson } from "#lib/testing/hostile-json";

const CONTEXT: SourceContext = { headers: {}, defaultSeverity: "error" };
const OPEN_END = "0001-01-01T00:00:00Z";

function alert(changes: object = {}): Record<string, unknown> {
  return {
    status: "firing",
    labels: { alertname: "BetQueueLag", instance: "queue-3:9100", job: "bets", severity: "critical" },
    annotations: { summary: "Bets wait 40 s", runbook_url: "https://wiki.test/bet-queue" },
    startsAt: "2026-01-11T18:03:26.739266876+02:00",
    endsAt: OPEN_END,
    generatorURL: "http://prometheus:9090/graph?g0.expr=lag",
    fingerprint: "c6eadffa33fcdf37",
    ...changes,
  };
}

function notification(alerts: unknown, changes: object = {}): Record<string, unknown> {
  return {
    version: "4",
    groupKey: '{}:{alertname="BetQueueLag"}',
    truncatedAlerts: 0,
    status: "firing",
    receiver: "touchline",
    groupLabels: { alertname: "BetQueueLag" },
    commonLabels: { alertname: "BetQueueLag", severity: "warning" },
    commonAnnotations: {},
    externalURL: "http://alertmanager:9093",
    alerts,
    ...changes,
  };
}

function parse(payload: unknown): ParsedEvents {
  const parsed = alertmanager.parse(payload, CONTEXT);
  if (parsed.kind !== "events") throw new Error(JSON.stringify(parsed));
  return parsed;
}

function eventOf(changes: object, group: object = {}): NormalisedEvent {
  const event = parse(notification([alert(changes)], group)).events[0]?.event;
  if (!event) throw new Error("no event");
  return event;
}

describe("an alert", () => {
  it("becomes an event with everything that helps at 3 am", () => {
    expect(eventOf({})).toEqual({
      action: "trigger",
      dedupKey: "c6eadffa33fcdf37",
      summary: "Bets wait 40 s",
      source: "queue-3:9100",
      severity: "critical",
      timestamp: "2026-01-11T16:03:26.739Z",
      component: "bets",
      group: null,
      class: "BetQueueLag",
      customDetails: {
        labels: { alertname: "BetQueueLag", instance: "queue-3:9100", job: "bets", severity: "critical" },
        annotations: { summary: "Bets wait 40 s", runbook_url: "https://wiki.test/bet-queue" },
        startsAt: "2026-01-11T18:03:26.739266876+02:00",
        endsAt: OPEN_END,
        receiver: "touchline",
        groupKey: '{}:{alertname="BetQueueLag"}',
      },
      links: [
        { href: "http://prometheus:9090/graph?g0.expr=lag", text: "Rule" },
        { href: "https://wiki.test/bet-queue", text: "Runbook" },
      ],
      images: [],
      client: "Alertmanager",
      clientUrl: "http://alertmanager:9093",
      warnings: [],
    });
  });

  it("that is resolved says when it ended", () => {
    expect(eventOf({ status: "resolved", endsAt: "2026-01-11T16:20:00Z" })).toMatchObject({
      action: "resolve",
      dedupKey: "c6eadffa33fcdf37",
      timestamp: "2026-01-11T16:20:00.000Z",
    });
  });

  it.each([[OPEN_END], ["0000-12-31T19:03:58-04:56"], [""], [undefined]])(
    "that is resolved with the end %j has no time of its own",
    (endsAt) => {
      expect(eventOf({ status: "resolved", endsAt })).toMatchObject({ timestamp: null, warnings: [] });
    },
  );

  it.each([
    ["FIRING", undefined, "trigger", []],
    ["Resolved", undefined, "resolve", []],
    [undefined, "resolved", "resolve", []],
    [undefined, "firing", "trigger", []],
    ["suppressed", undefined, "trigger", ["State 'suppressed' is not known, taken as firing"]],
    ["__proto__", undefined, "trigger", ["State '__proto__' is not known, taken as firing"]],
    [{}, null, "trigger", ["The alert states neither firing nor resolved, taken as firing"]],
  ])("with state %j in a group of state %j is a %s", (status, group, action, warnings) => {
    const event = eventOf({ status }, group === undefined ? {} : { status: group });
    expect(event).toMatchObject({ action, warnings });
  });

  it.each<[string, object, object, Partial<NormalisedEvent>, string[]]>([
    ["severity of the group", { labels: { alertname: "A" } }, {}, { severity: "warning" }, []],
    ["no severity at all", { labels: { alertname: "A" } }, { commonLabels: {} }, { severity: "error" }, []],
    [
      "a label Severity",
      { labels: { AlertName: "A", Severity: "PAGE" } },
      {},
      { severity: "critical", class: "A" },
      [],
    ],
    ["P2", { labels: { alertname: "A", severity: "P2" } }, {}, { severity: "error" }, []],
    [
      "a severity of its own making",
      { labels: { alertname: "A", severity: "banana" } },
      {},
      { severity: "error" },
      ["Severity 'banana' is not known, taken as error"],
    ],
    ["a description only", { annotations: { description: "D" } }, {}, { summary: "D" }, []],
    ["a message only", { annotations: { message: "M" } }, {}, { summary: "M" }, []],
    [
      "annotations of the group",
      { annotations: {} },
      { commonAnnotations: { summary: "S" } },
      { summary: "S" },
      [],
    ],
    ["no annotations", { annotations: null }, {}, { summary: "BetQueueLag on queue-3:9100" }, []],
    [
      "neither annotations nor a name",
      { annotations: {}, labels: { team: "a", zone: "eu" } },
      { commonLabels: {}, groupLabels: {} },
      { summary: "team=a, zone=eu", source: "Alertmanager" },
      [],
    ],
    [
      "markup in its title",
      { annotations: { summary: "<img src=x onerror=alert(1)> **b**" } },
      {},
      { summary: "<img src=x onerror=alert(1)> **b**" },
      [],
    ],
    ["a numeric group key", {}, { groupKey: 12345678 }, { dedupKey: "c6eadffa33fcdf37" }, []],
    ["a numeric fingerprint", { fingerprint: 42 }, {}, { dedupKey: "42" }, []],
    [
      "a relative generator address",
      { generatorURL: "/graph", annotations: { summary: "S" } },
      {},
      { links: [] },
      ["'generatorURL' is not an http(s) address, left out"],
    ],
    [
      "a runbook that is a text",
      { generatorURL: "", annotations: { summary: "S", runbook: "Ask Ann" } },
      {},
      { links: [] },
      [],
    ],
    [
      "a dashboard",
      { generatorURL: "", annotations: { summary: "S", dashboardURL: "https://g.test/d/1" } },
      {},
      { links: [{ href: "https://g.test/d/1", text: "Dashboard" }] },
      [],
    ],
    [
      "a start that can't be read",
      { startsAt: "soon" },
      {},
      { timestamp: null },
      ["'startsAt' can't be read as a time, the time of receipt is used"],
    ],
  ])("with %s", (_name, changes, group, expected, warnings) => {
    const event = eventOf(changes, group);
    expect(event).toMatchObject(expected);
    expect(event.warnings).toEqual(warnings);
  });

  it("without a fingerprint is known by its labels, in any order, firing or resolved", () => {
    const labels = { name: "garland, briggs", fear: "love is not enough" };
    const reversed = { fear: "love is not enough", name: "garland, briggs" };
    const prometheus = 5799056148416392346n.toString(16);
    expect(eventOf({ fingerprint: undefined, labels }).dedupKey).toBe(prometheus);
    expect(eventOf({ fingerprint: "", labels: reversed, status: "resolved" }).dedupKey).toBe(prometheus);
  });

  it("keeps labels that are named like parts of an object", () => {
    const labels: unknown = JSON.parse(
      '{"alertname":"A","__proto__":"x","constructor":"y","hasOwnProperty":"z"}',
    );
    const event = eventOf({ labels });
    expect(JSON.stringify(event.customDetails)).toContain('"__proto__":"x"');
    expect(event).toMatchObject({ class: "A", group: null });
  });
});

describe("a notification", () => {
  it("may hold firing and resolved alerts, each judged alone", () => {
    const alerts = [
      alert({ fingerprint: "a" }),
      alert({ fingerprint: "b", status: "resolved", endsAt: "2026-01-11T16:20:00Z" }),
      alert({ fingerprint: "c" }),
    ];
    const { events } = parse(notification(alerts));
    expect(events.map(({ index, event }) => [index, event.action, event.dedupKey])).toEqual([
      [0, "trigger", "a"],
      [1, "resolve", "b"],
      [2, "trigger", "c"],
    ]);
  });

  it("keeps the good alerts beside bad ones", () => {
    const bad = alert({ labels: {}, fingerprint: "" });
    const parsed = parse(notification([null, alert(), bad, "text"]));
    expect(parsed.events.map(({ index }) => index)).toEqual([1]);
    expect(parsed.rejected).toEqual([
      { index: 0, reason: "The alert is not a JSON object", payload: { status: "firing", alerts: [null] } },
      {
        index: 2,
        reason: "The alert has neither a fingerprint nor labels to know it by",
        payload: { status: "firing", alerts: [bad] },
      },
      { index: 3, reason: "The alert is not a JSON object", payload: { status: "firing", alerts: ["text"] } },
    ]);
  });

  it("of more than 1,000 alerts keeps the rest in a body that can be replayed", () => {
    const alerts = Array.from({ length: 2500 }, (_, index) => alert({ fingerprint: `f${index}` }));
    const keys: (string | null)[] = [];
    let body: unknown = notification(alerts);
    for (let rounds = 1; rounds <= 3; rounds += 1) {
      const parsed = parse(body);
      keys.push(...parsed.events.map(({ event }) => event.dedupKey));
      expect(parsed.rejected).toHaveLength(rounds < 3 ? 1 : 0);
      body = parsed.rejected[0]?.payload;
    }
    expect(keys).toEqual(alerts.map((_, index) => `f${index}`));
  });

  it("says that the sender left alerts out, or sent none", () => {
    expect(parse(notification([alert()], { truncatedAlerts: 7 })).warnings).toEqual([
      "The sender left out 7 alerts (its max_alerts setting)",
    ]);
    expect(parse(notification([]))).toMatchObject({
      events: [],
      warnings: ["The notification holds no alerts"],
    });
  });

  it("never multiplies what its alerts share", () => {
    const huge = "x".repeat(500_000);
    const alerts = Array.from({ length: 100 }, (_, index) => ({ labels: { n: index } }));
    const parsed = parse(notification(alerts, { groupKey: huge, receiver: huge, status: huge, orgId: huge }));
    expect(JSON.stringify(parsed).length).toBeLessThan(1_000_000);
  });

  it("of version 3 has no fingerprints and a number as group key", () => {
    const old = {
      version: "3",
      groupKey: 12345,
      status: "firing",
      alerts: [alert({ fingerprint: undefined })],
    };
    expect(parse(old).events[0]?.event).toMatchObject({ action: "trigger", severity: "critical" });
  });

  it.each([[null], ["text"], [[alert()]], [{}], [{ alerts: {} }], [{ alerts: "[]" }]])(
    "is not recognised in %j",
    (payload) => {
      expect(alertmanager.parse(payload, CONTEXT)).toMatchObject({ kind: "unrecognised" });
    },
  );
});

const anyAlert = fc.record(
  {
    status: fc.oneof(fc.constantFrom("firing", "resolved"), hostileJson),
    labels: fc.oneof(fc.dictionary(fc.string(), fc.string()), hostileJson),
    annotations: fc.oneof(fc.dictionary(fc.constantFrom("summary", "runbook_url"), fc.string()), hostileJson),
    startsAt: hostileJson,
    endsAt: hostileJson,
    generatorURL: fc.oneof(fc.webUrl(), hostileJson),
    fingerprint: fc.oneof(fc.string(), hostileJson),
  },
  { requiredKeys: [] },
);

describe("for any body", () => {
  it("parsing never throws, judges every alert once, gives storable events, and the same twice", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(anyAlert, hostileJson)), hostileJson, (alerts, rest) => {
        const payload = notification(alerts, { commonLabels: rest, truncatedAlerts: rest, groupKey: rest });
        const parsed = parse(payload);
        const judged = [...parsed.events, ...parsed.rejected, ...parsed.ignored].map(({ index }) => index);
        expect(judged.toSorted((a, b) => a - b)).toEqual(alerts.map((_, index) => index));
        expect(storableJson(parsed).warnings).toEqual([]);
        expect(alertmanager.parse(payload, CONTEXT)).toEqual(parsed);
      }),
    );
    fc.assert(fc.property(hostileJson, (payload) => void alertmanager.parse(payload, CONTEXT)));
  });
});
