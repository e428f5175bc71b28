import fc from "fast-check";
import { expect, test } from "vitest";
import { wavesOf } from "#lib/alerts/segments";
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
