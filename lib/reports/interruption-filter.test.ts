import fc from "fast-check";
import { expect, test } from "vitest";
import { EVERY_INCIDENT } from "#lib/incidents/filter";
import { INTERRUPTION_CLASSES } from "#lib/notifications/interruption";
import { interruptionsHref, parseInterruptionFilter } from "#lib/reports/interruption-filter";

test("what is written to a URL is read back the same; what means nothing is no condition", () => {
  const filters = fc.record({
    incidents: fc.constantFrom(EVERY_INCIDENT, {
      ...EVERY_INCIDENT,
      feature: ["Bets, live"],
      from: "2026-01-01",
    }),
    person: fc.constantFrom(null, "Q0000000000001"),
    class: fc.constantFrom(null, ...INTERRUPTION_CLASSES),
    weekday: fc.constantFrom(null, 1, 7),
    hour: fc.constantFrom(null, 0, 23),
  });
  fc.assert(
    fc.property(filters, (filter) => {
      const { searchParams } = new URL(interruptionsHref(filter), "http://localhost");
      expect(parseInterruptionFilter(searchParams)).toEqual(filter);
    }),
  );
  expect(parseInterruptionFilter({ weekday: "8", hour: "-1", class: "night", person: "a'b" })).toMatchObject({
    weekday: null,
    hour: null,
    class: null,
    person: null,
  });
});
