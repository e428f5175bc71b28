import { describe, expect, test } from "vitest";
import type { OpenAlertFacts } from "#lib/alerts/deduplicate";
import { untouched } from "#lib/alerts/verdict";
import type { Hold, RuleVerdict } from "#lib/alerts/verdict";
import { planWave } from "#lib/alerts/wave";
import type { PendingEvent } from "#lib/alerts/wave";
import type { NormalisedEvent } from "#lib/events/event";

const NOW = new Date("2026-06-03T12:00:00Z");
const before = (seconds: number) => new Date(NOW.getTime() - seconds * 1000);

let inboxId = 0;

function eventOf(
  key: string,
  values: Partial<NormalisedEvent> & { receivedAt?: Date; verdict?: Partial<RuleVerdict> } = {},
): PendingEvent {
  const { receivedAt = NOW, verdict, ...rest } = values;
  const event = {
    action: "trigger",
    dedupKey: key,
    summary: `Symptom ${key}`,
    source: "host-1",
    severity: "critical",
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
    ...rest,
  } as NormalisedEvent;
  inboxId += 1;
  return {
    inboxId,
    key: `I ${key}`,
    integrationId: "I",
    action: event.action,
    verdict: { ...untouched(event, key), ...verdict },
    receivedAt,
    occurrences: 1,
  };
}

function openAlert(values: Partial<OpenAlertFacts> = {}): OpenAlertFacts {
  return {
    alertId: "OPEN",
    incidentId: "INC",
    hold: null,
    severity: "warning",
    occurrenceCount: 4,
    lastFiredAt: null,
    lastSeenAt: before(60),
    ...values,
  };
}

function plan(events: PendingEvent[], facts: { open?: OpenAlertFacts; closed?: string | null } = {}) {
  const open = new Map(facts.open ? [["I disk", facts.open]] : []);
  let made = 0;
  const newAlertId = () => `NEW${(made += 1)}`;
  const wave = planWave(
    events,
    { open, reopen: new Map(), closed: () => facts.closed ?? null },
    NOW,
    newAlertId,
  );
  return { ...wave, open };
}

describe("a wave of events", () => {
  test("opens one alert of each key and counts what repeats it", () => {
    const { created, counted, judged, open } = plan([
      eventOf("disk"),
      eventOf("memory"),
      eventOf("disk", { severity: "error", customDetails: { free: 2 } }),
    ]);
    expect([...created.values()]).toMatchObject([
      {
        alertId: "NEW1",
        key: "I disk",
        occurrenceCount: 2,
        severity: "error",
        event: { customDetails: { free: 2 } },
      },
      { alertId: "NEW2", key: "I memory", occurrenceCount: 1, severity: "critical" },
    ]);
    expect(counted.size).toBe(0);
    expect(judged.map(({ decision, alertId }) => [decision.kind, alertId])).toEqual([
      ["create", "NEW1"],
      ["create", "NEW2"],
      ["count", "NEW1"],
    ]);
    // The next wave finds it, and that it has no incident yet.
    expect(open.get("I disk")).toMatchObject({ alertId: "NEW1", incidentId: null, occurrenceCount: 2 });
  });

  test("keeps the title of the first trigger", () => {
    const { created } = plan([eventOf("disk"), eventOf("disk", { summary: "Renamed" })]);
    expect(created.get("NEW1")?.event.summary).toBe("Symptom disk");
  });

  test("counts onto an open alert once a wave, with what the newest trigger says", () => {
    const { counted, created, open } = plan(
      [eventOf("disk", { severity: "error" }), eventOf("disk", { severity: "info" })],
      { open: openAlert() },
    );
    expect(created.size).toBe(0);
    expect([...counted.values()]).toMatchObject([
      { alertId: "OPEN", occurrenceCount: 6, lastSeenAt: NOW, newest: { severity: "info" } },
    ]);
    expect(open.get("I disk")).toMatchObject({ severity: "info", occurrenceCount: 6 });
  });

  test("leaves the details of a later trigger when an earlier one comes after it", () => {
    const late = before(600).toISOString();
    const { counted } = plan(
      [
        eventOf("disk", { severity: "error", timestamp: before(10).toISOString() }),
        eventOf("disk", { severity: "info", timestamp: late }),
      ],
      { open: openAlert({ lastFiredAt: before(300) }) },
    );
    expect(counted.get("OPEN")).toMatchObject({ occurrenceCount: 6, newest: { severity: "error" } });
  });

  test("ends an alert and passes an acknowledgement on, each with its incident", () => {
    const ended = plan([eventOf("disk", { action: "resolve" })], { open: openAlert() });
    expect(ended.resolvedAlerts).toEqual([{ alertId: "OPEN", incidentId: "INC", integrationId: "I" }]);
    expect(ended.open.has("I disk")).toBe(false);
    const taken = plan([eventOf("disk", { action: "acknowledge" })], { open: openAlert() });
    expect(taken.acknowledged).toEqual([{ incidentId: "INC", integrationId: "I" }]);
    expect(taken.open.has("I disk")).toBe(true);
  });

  test("ends an alert once, however often that is said", () => {
    const end = () => eventOf("disk", { action: "resolve" });
    const { resolvedAlerts, judged } = plan([end(), end()], { open: openAlert() });
    expect(resolvedAlerts).toHaveLength(1);
    expect(judged.map(({ decision }) => decision.kind)).toEqual(["resolve", "drop"]);
  });

  test("opens nothing where the service takes no alerts, but ends and counts what is open", () => {
    const closed = "The service is disabled, so it opens no alerts";
    const fresh = plan([eventOf("disk")], { closed });
    expect(fresh.created.size).toBe(0);
    expect(fresh.judged).toMatchObject([
      { decision: { kind: "drop" }, alertId: null, trace: [{ outcome: "dropped", because: closed }] },
    ]);
    const ended = plan([eventOf("disk"), eventOf("disk", { action: "resolve" })], {
      open: openAlert(),
      closed,
    });
    expect(ended.judged.map(({ decision }) => decision.kind)).toEqual(["count", "resolve"]);
  });

  test("judges every event, with its reason", () => {
    const { judged } = plan([
      eventOf("a"),
      eventOf("b", { action: "resolve" }),
      eventOf("c", { action: "acknowledge" }),
    ]);
    expect(
      judged.map(({ trace }) => trace.length > 0 && trace.every(({ because }) => because !== "")),
    ).toEqual([true, true, true]);
  });

  test("drops triggers that a rule drops, and nothing that ends what is open", () => {
    const verdict = { drop: "A rule drops it" };
    const { judged, counted } = plan(
      [eventOf("disk", { verdict }), eventOf("disk", { action: "resolve", verdict })],
      { open: openAlert() },
    );
    expect(judged.map(({ decision }) => decision.kind)).toEqual(["drop", "resolve"]);
    expect(counted.size).toBe(0);
  });
});

describe("what rules hold back", () => {
  const SUPPRESSED: Hold = { kind: "suppressed", because: "A rule suppresses it" };
  const suppress = SUPPRESSED.because;
  const pause = { seconds: 300, because: "A rule pauses it" };

  test("is created held: suppressing wins over pausing", () => {
    const { created } = plan([
      eventOf("a", { verdict: { suppress, pause } }),
      eventOf("b", { verdict: { pause } }),
    ]);
    expect(created.get("NEW1")?.hold).toEqual(SUPPRESSED);
    const until = new Date(NOW.getTime() + 300_000);
    expect(created.get("NEW2")?.hold).toEqual({ kind: "paused", by: "rules", until, because: pause.because });
  });

  test("is let go by a repetition that they don't hold, with the terms of that repetition", () => {
    const terms = { urgency: "high" as const, priorityId: null, policyId: null, notes: [] };
    const held = openAlert({ incidentId: null, hold: SUPPRESSED });
    const { lifted, judged } = plan(
      [eventOf("disk", { verdict: { suppress } }), eventOf("disk", { verdict: { terms } }), eventOf("disk")],
      { open: held },
    );
    expect([...lifted.values()]).toEqual([{ alertId: "OPEN", key: "I disk", terms }]);
    expect(judged.map(({ trace }) => trace.some(({ outcome }) => outcome === "let go"))).toEqual([
      false,
      true,
      false,
    ]);
  });

  test("is let go within the batch that opened it", () => {
    const { created, lifted } = plan([
      eventOf("disk", { verdict: { suppress } }),
      eventOf("disk", { verdict: { pause } }),
      eventOf("disk"),
    ]);
    expect(created.get("NEW1")).toMatchObject({ hold: null, occurrenceCount: 3 });
    expect(lifted.size).toBe(0);
  });

  test("keeps what others paused", () => {
    const hold: Hold = { kind: "paused", by: "auto_pause", until: NOW, because: "It is transient" };
    expect(plan([eventOf("disk")], { open: openAlert({ incidentId: null, hold }) }).lifted.size).toBe(0);
  });
});
