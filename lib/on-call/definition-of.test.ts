import { describe, expect, it } from "vitest";
import { definitionOf } from "#lib/on-call/definition-of";
import type { DraftLayer } from "#lib/on-call/definition-of";
import { whoIsOnCall } from "#lib/on-call/resolve";
import type { ScheduleDefinition } from "#lib/on-call/schedule";

// A Wednesday in the second of the weekly turns that began on Monday 2026-01-05: B's.
const NOW = new Date("2026-01-14T12:00:00Z");
const START = new Date("2026-01-05T00:00:00Z");

const draftLayer = (turns: string, values: Partial<DraftLayer> = {}): DraftLayer => ({
  name: "Weekly",
  endsAt: null,
  rotation: { virtualStart: "2026-01-05T00:00", unit: "week", length: 1, advance: "clock" },
  turns: turns.split("").map((userId) => [userId]),
  restrictions: [],
  together: false,
  restartsRotation: false,
  ...values,
});

function counter(): () => string {
  let count = 0;
  return () => `new-${(count += 1)}`;
}

const published = definitionOf(
  { timeZone: "UTC", layers: [draftLayer("ABC", { startsAt: START })] },
  null,
  START,
  counter(),
);

function edit(layer: DraftLayer, previous: ScheduleDefinition = published) {
  const definition = definitionOf({ timeZone: "UTC", layers: [layer] }, previous, NOW, counter());
  const facts = {
    timeZone: "UTC",
    versions: [{ definition, effectiveFrom: NOW, effectiveTo: null }],
    overrides: [],
  };
  return { layer: definition.layers[0], now: whoIsOnCall(facts, NOW).map(({ userId }) => userId) };
}

describe("definitionOf", () => {
  it("gives new layers ids and lets them begin now", () => {
    const { layer } = edit(draftLayer("A", { id: "made up by the client" }));
    expect(layer).toMatchObject({ id: "new-1", startsAt: NOW });
  });

  it("keeps the id, the start and today's person of a layer that goes on", () => {
    const { layer, now } = edit(draftLayer("XABC", { id: "new-1" }));
    expect(layer).toMatchObject({ id: "new-1", startsAt: START });
    expect(now).toEqual(["B"]);
  });

  it("says the same of the same document, also when it leaves the first group out", () => {
    const moved = definitionOf(
      { timeZone: "UTC", layers: [draftLayer("BAC", { id: "new-1" })] },
      published,
      NOW,
      counter(),
    );
    const again = definitionOf(
      { timeZone: "UTC", layers: [draftLayer("BAC", { id: "new-1" })] },
      moved,
      NOW,
      counter(),
    );
    expect(again).toEqual(moved);
    expect(edit(draftLayer("ABC", { id: "new-1" })).layer).toEqual(published.layers[0]);
  });

  it("begins anew when told so, and where the layer has not begun", () => {
    expect(edit(draftLayer("CA", { id: "new-1", restartsRotation: true })).now).toEqual(["A"]);
    const future = definitionOf(
      { timeZone: "UTC", layers: [draftLayer("ABC", { startsAt: new Date("2026-02-01T00:00:00Z") })] },
      null,
      NOW,
      counter(),
    );
    const { layer } = edit(draftLayer("CBA", { id: "new-1" }), future);
    expect(layer?.rotation.firstGroup).toBeUndefined();
  });
});
