import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { wavesOf, withinWaves } from "#lib/alerts/segments";
import { EVENT_ACTIONS } from "#lib/events/event";

const batch = fc
  .array(fc.record({ key: fc.constantFrom("a", "b", "c"), action: fc.constantFrom(...EVENT_ACTIONS) }))
  .map((events) => events.map((event, id) => ({ ...event, id })));

test("every event is in exactly one wave, and those of a key keep their order", () => {
  fc.assert(
    fc.property(batch, (events) => {
      const flat = wavesOf(events).flat();
      expect(flat.map(({ id }) => id).toSorted((a, b) => a - b)).toEqual(events.map(({ id }) => id));
      for (const key of ["a", "b", "c"]) {
        const ids = flat.filter((event) => event.key === key).map(({ id }) => id);
        expect(ids).toEqual(ids.toSorted((a, b) => a - b));
      }
    }),
  );
});

test("a wave holds one kind of action for a key", () => {
  fc.assert(
    fc.property(batch, (events) => {
      for (const wave of wavesOf(events)) {
        for (const key of ["a", "b", "c"]) {
          const actions = new Set(wave.filter((event) => event.key === key).map(({ action }) => action));
          expect(actions.size).toBeLessThanOrEqual(1);
        }
      }
    }),
  );
});

test("a storm of one repeated trigger is one wave", () => {
  const storm = Array.from({ length: 500 }, (_, id) => ({ id, key: "a", action: "trigger" as const }));
  expect(wavesOf(storm)).toHaveLength(1);
});

describe("what a number of waves holds", () => {
  const of = ({ key, action }: { key: string; action: (typeof EVENT_ACTIONS)[number] }) => ({
    key,
    action,
    together: key,
  });

  test("is every event of a key up to the one that would need another wave, and none after it", () => {
    fc.assert(
      fc.property(batch, fc.integer({ min: 1, max: 4 }), (events, most) => {
        const kept = withinWaves(events, most, of);
        expect(wavesOf(kept).length).toBeLessThanOrEqual(most);
        const waves = wavesOf(events);
        for (const [number, wave] of waves.entries()) {
          for (const event of wave) expect(kept.includes(event)).toBe(number < most);
        }
      }),
    );
  });

  test("ends for all that must stay in order together", () => {
    const events = [
      { key: "a", action: "trigger" as const },
      { key: "a", action: "resolve" as const },
      { key: "b", action: "trigger" as const },
      { key: "c", action: "trigger" as const },
    ];
    const kept = withinWaves(events, 1, (event) => ({ ...event, together: event.key === "c" ? "c" : "ab" }));
    expect(kept).toEqual([events[0], events[3]]);
  });
});
