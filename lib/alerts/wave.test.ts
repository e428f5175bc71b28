import { describe, expect, test } from "vitest";
import { planWave } from "#lib/alerts/wave";
import type { PendingEvent } from "#lib/alerts/wave";
import type { TriggerEvent } from "#lib/events/event";

const NOW = new Date("2026-03-01T12:00:00.000Z");

function trigger(inboxId: number, event: Partial<TriggerEvent>): PendingEvent {
  return {
    inboxId,
    key: "I disk",
    integrationId: "I",
    action: "trigger",
    receivedAt: new Date(NOW.getTime() + inboxId),
    event: {
      action: "trigger",
      dedupKey: "disk",
      summary: `Word ${inboxId}`,
      source: "db-1",
      severity: "warning",
      timestamp: null,
      component: null,
      group: null,
      class: null,
      customDetails: { free: `${inboxId} %` },
      links: [],
      images: [],
      client: null,
      clientUrl: null,
      warnings: [],
      ...event,
    },
  };
}

function plan(...events: PendingEvent[]) {
  return planWave(events, { open: new Map(), reopen: new Map(), closed: () => null }, NOW, () => "A1");
}

describe("several triggers of a new alert in one wave", () => {
  test("severity and details are those of the newest, the title is that of the first", () => {
    const created = plan(trigger(1, {}), trigger(2, { severity: "critical" })).created.get("A1");
    expect(created).toMatchObject({ occurrenceCount: 2, severity: "critical" });
    expect(created?.event).toMatchObject({ summary: "Word 1", customDetails: { free: "2 %" } });
  });

  test("one that was overtaken on the way is counted, and changes nothing else", () => {
    const newer = trigger(1, { severity: "critical", timestamp: "2026-03-01T11:59:00.000Z" });
    const older = trigger(2, { severity: "info", timestamp: "2026-03-01T11:00:00.000Z" });
    const created = plan(newer, older).created.get("A1");
    expect(created).toMatchObject({ occurrenceCount: 2, severity: "critical" });
    expect(created?.event.customDetails).toEqual({ free: "1 %" });
  });
});
