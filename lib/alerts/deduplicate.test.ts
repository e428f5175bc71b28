import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decideAlert } from "#lib/alerts/deduplicate";
import type { AlertDecision, OpenAlertFacts, ReopenFacts } from "#lib/alerts/deduplicate";
import { SEVERITIES } from "#lib/alerts/vocabulary";
import type { NormalisedEvent, TriggerEvent } from "#lib/events/event";

const AT = new Date("2026-01-11T18:10:00Z");
const FACTS = {
  summary: "Bets wait 40 s",
  source: "queue-3",
  timestamp: null,
  component: null,
  group: null,
  class: null,
  customDetails: {},
  links: [],
  images: [],
  client: null,
  clientUrl: null,
  warnings: [],
};

function trigger(changes: Partial<TriggerEvent> = {}): TriggerEvent {
  return { ...FACTS, action: "trigger", dedupKey: "k", severity: "error", ...changes };
}

function followUp(action: "acknowledge" | "resolve", timestamp: string | null = null): NormalisedEvent {
  return { ...FACTS, action, dedupKey: "k", severity: null, timestamp };
}

const OPEN: OpenAlertFacts = {
  alertId: "A1",
  incidentId: "I1",
  hold: null,
  severity: "error",
  occurrenceCount: 3,
  lastFiredAt: new Date("2026-01-11T18:05:00Z"),
  lastSeenAt: new Date("2026-01-11T18:05:10Z"),
};
const SUPPRESSED = { ...OPEN, incidentId: null };
const OLD = "2026-01-11T18:00:00.000Z";
const NEW = "2026-01-11T18:09:00.000Z";

describe("the matrix of action and open alert", () => {
  it.each<[string, OpenAlertFacts | null, NormalisedEvent, AlertDecision, string, string]>([
    [
      "trigger, none open",
      null,
      trigger(),
      { kind: "create", event: trigger(), reopens: null },
      "created",
      "No alert is open under this key",
    ],
    [
      "trigger without a key",
      null,
      trigger({ dedupKey: null }),
      { kind: "create", event: trigger({ dedupKey: null }), reopens: null },
      "created",
      "The event has no key, so it is a new alert",
    ],
    [
      "trigger, one open",
      OPEN,
      trigger(),
      { kind: "count", alertId: "A1", occurrenceCount: 4, isNewest: true, previousSeverity: null },
      "counted again",
      "The alert is open already; this is occurrence 4, which pages nobody again",
    ],
    [
      "trigger of another severity, one open",
      OPEN,
      trigger({ severity: "critical" }),
      { kind: "count", alertId: "A1", occurrenceCount: 4, isNewest: true, previousSeverity: "error" },
      "counted again",
      "The alert is open already; this is occurrence 4, which pages nobody again",
    ],
    [
      "trigger older than the last, one open",
      OPEN,
      trigger({ severity: "critical", timestamp: OLD }),
      { kind: "count", alertId: "A1", occurrenceCount: 4, isNewest: false, previousSeverity: null },
      "counted again",
      "The alert is open already and has a later trigger; counted as occurrence 4, its details are kept",
    ],
    [
      "acknowledge, none open",
      null,
      followUp("acknowledge"),
      { kind: "drop" },
      "dropped",
      "No alert is open under this key, so there is nothing to acknowledge",
    ],
    [
      "acknowledge, one open",
      OPEN,
      followUp("acknowledge"),
      { kind: "acknowledge", alertId: "A1", incidentId: "I1" },
      "passed on",
      "An alert can't be acknowledged, so its incident is",
    ],
    [
      "acknowledge, one open without incident",
      SUPPRESSED,
      followUp("acknowledge"),
      { kind: "drop" },
      "dropped",
      "The alert is suppressed or paused: it has no incident to acknowledge",
    ],
    [
      "resolve, none open",
      null,
      followUp("resolve"),
      { kind: "drop" },
      "dropped",
      "No alert is open under this key, so there is nothing to resolve",
    ],
    [
      "resolve, one open",
      OPEN,
      followUp("resolve"),
      { kind: "resolve", alertId: "A1", incidentId: "I1" },
      "resolved",
      "Its source says that it is over",
    ],
    [
      "resolve newer than the last trigger",
      OPEN,
      followUp("resolve", NEW),
      { kind: "resolve", alertId: "A1", incidentId: "I1" },
      "resolved",
      "Its source says that it is over",
    ],
    [
      "resolve, one open without incident",
      SUPPRESSED,
      followUp("resolve"),
      { kind: "resolve", alertId: "A1", incidentId: null },
      "resolved",
      "Its source says that it is over",
    ],
    [
      "resolve older than the last trigger",
      OPEN,
      followUp("resolve", OLD),
      { kind: "drop" },
      "ignored",
      "The resolve is of 2026-01-11T18:00:00.000Z, older than the last trigger, so it was overtaken on the way",
    ],
  ])("%s", (_name, open, event, decision, outcome, because) => {
    expect(decideAlert(open, event, AT)).toEqual({
      decision,
      trace: [{ step: "deduplicate", outcome, because }],
    });
  });
});

describe("a service that reopens within a time", () => {
  const resolvedAt = new Date(AT.getTime() - 60_000);
  const reopen: ReopenFacts = { alertId: "A0", incidentId: "I0", resolvedAt, reopenWithinSeconds: 300 };

  it("reopens for a trigger within it", () => {
    expect(decideAlert(null, trigger(), AT, reopen)).toEqual({
      decision: { kind: "create", event: trigger(), reopens: reopen },
      trace: [
        {
          step: "deduplicate",
          outcome: "reopened",
          because: "The last alert under this key was resolved within 300 s, the service's reopen time",
        },
      ],
    });
  });

  it.each([
    ["from the instant on at which it ends", { ...reopen, reopenWithinSeconds: 60 }, null],
    ["while an alert is open", reopen, OPEN],
  ])("does not %s", (_name, facts, open) => {
    expect(decideAlert(open, trigger(), AT, facts).trace[0]?.outcome).not.toBe("reopened");
  });

  it("does not for a resolve", () => {
    expect(decideAlert(null, followUp("resolve"), AT, reopen).decision).toEqual({ kind: "drop" });
  });
});

/** The alerts of one key after some events, in the way the engine stores decisions. */
function replay(events: readonly NormalisedEvent[]) {
  let open: OpenAlertFacts | null = null;
  const created: string[] = [];
  let resolved = 0;
  events.forEach((event, index) => {
    const at = new Date(AT.getTime() + index * 1000);
    const { decision } = decideAlert(open, event, at);
    const lastFiredAt = event.timestamp === null ? null : new Date(event.timestamp);
    if (decision.kind === "create") {
      created.push(`A${index}`);
      const { severity } = decision.event;
      open = {
        alertId: `A${index}`,
        incidentId: "I",
        hold: null,
        severity,
        occurrenceCount: 1,
        lastFiredAt,
        lastSeenAt: at,
      };
    } else if (decision.kind === "count" && open !== null) {
      open = { ...open, occurrenceCount: decision.occurrenceCount, lastSeenAt: at };
      if (decision.isNewest) open = { ...open, lastFiredAt };
    } else if (decision.kind === "resolve") {
      resolved += 1;
      open = null;
    }
  });
  return { open: open as OpenAlertFacts | null, created, resolved };
}

describe("a stream of events under one key", () => {
  it("fire, fire, resolve is one alert, counted twice, resolved", () => {
    expect(replay([trigger(), trigger(), followUp("resolve")])).toEqual({
      open: null,
      created: ["A0"],
      resolved: 1,
    });
  });

  it("resolve before fire creates nothing and closes nothing", () => {
    expect(replay([followUp("resolve"), trigger()])).toMatchObject({ created: ["A1"], resolved: 0 });
  });

  it("fire after resolve is a new alert", () => {
    const { created } = replay([trigger(), followUp("resolve"), trigger()]);
    expect(created).toEqual(["A0", "A2"]);
  });

  it("a resolve that comes late never closes the next occurrence", () => {
    const first = trigger({ timestamp: "2026-01-11T18:00:00.000Z" });
    const second = trigger({ timestamp: "2026-01-11T18:06:00.000Z" });
    const late = followUp("resolve", "2026-01-11T18:05:00.000Z");
    expect(replay([first, second, late]).open).toMatchObject({ occurrenceCount: 2 });
    expect(replay([first, second, late, followUp("resolve", NEW)]).open).toBeNull();
  });

  const events = fc.oneof(
    fc.constantFrom(...SEVERITIES).map((severity) => trigger({ severity })),
    fc.constantFrom(trigger({ timestamp: OLD }), trigger({ timestamp: NEW })),
    fc.constantFrom(
      followUp("acknowledge"),
      followUp("resolve"),
      followUp("resolve", OLD),
      followUp("resolve", NEW),
    ),
  );

  it("never has two alerts open, and loses no trigger", () => {
    fc.assert(
      fc.property(fc.array(events), (stream) => {
        const { open, created, resolved } = replay(stream);
        expect(created.length - resolved).toBe(open === null ? 0 : 1);
        expect(replay([...stream, trigger()]).open).not.toBeNull();
        const again = replay([...stream, trigger(), followUp("resolve")]);
        expect(again.open).toBeNull();
      }),
    );
  });

  it("every decision says why", () => {
    fc.assert(
      fc.property(fc.constantFrom(null, OPEN, SUPPRESSED), events, (open, event) => {
        const { trace } = decideAlert(open, event, AT);
        expect(trace).toHaveLength(1);
        expect(trace[0]?.because).toMatch(/^[A-Z].{10,}/);
      }),
    );
  });
});
