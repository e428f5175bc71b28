import fc from "fast-check";
import { expect, test } from "vitest";
import { CLOCKS, EVERY_INCIDENT } from "#lib/incidents/filter";
import { RANGES } from "#lib/reports/period";
import { populationOf } from "#lib/reports/report-filter";
import { GROUPINGS, parseResponseFilter, responseHref } from "#lib/reports/response-filter";
import type { ResponseFilter } from "#lib/reports/response-filter";

const filters: fc.Arbitrary<ResponseFilter> = fc
  .record({
    incidents: fc.constantFrom(
      EVERY_INCIDENT,
      { ...EVERY_INCIDENT, team: ["Q0000000000001", "none"], urgency: ["high" as const], major: true },
      { ...EVERY_INCIDENT, priority: ["P1", "P2"], q: "bet slip", escalated: false },
    ),
    range: fc.constantFrom(...RANGES),
    from: fc.constantFrom(null, "2026-01-31", "2026-01-31T10:00:00.000Z"),
    to: fc.constantFrom(null, "2026-02-28"),
    clock: fc.constantFrom(...CLOCKS),
    by: fc.constantFrom(...GROUPINGS),
    includeMerged: fc.boolean(),
    includeAuto: fc.boolean(),
    includeImported: fc.boolean(),
    includeDemo: fc.boolean(),
  })
  .map((filter) => ({ ...filter, range: filter.from === null ? filter.range : null }));

test("what is written to a URL is read back the same", () => {
  fc.assert(
    fc.property(filters, (filter) => {
      const url = new URL(responseHref(filter), "http://localhost");
      expect(parseResponseFilter(url.searchParams)).toEqual(filter);
    }),
  );
});

test("nothing given is the last 13 weeks, to resolve, by team, without merged and machine-resolved", () => {
  const filter = parseResponseFilter({});
  expect(filter).toMatchObject({
    range: "13w",
    clock: "resolve",
    by: "team",
    includeMerged: false,
    includeAuto: false,
  });
  expect(responseHref(filter)).toBe("/reports/response");
  expect(populationOf(filter, { start: 0, end: 1000 })).toMatchObject({
    merged: false,
    auto: false,
    origin: [],
    from: "1970-01-01T00:00:00.000Z",
    to: "1970-01-01T00:00:01.000Z",
  });
});

test("leaving imported incidents out names the origins that stay", () => {
  const filter = parseResponseFilter({ imported: "exclude", demo: "exclude" });
  expect(populationOf(filter, { start: 0, end: 1 }).origin).toEqual(["event", "person", "api"]);
});

test.each([
  ["range", "10y"],
  ["clock", "mttr"],
  ["by", "moon"],
  ["from", "soon"],
  ["merged", "yes"],
])("%s=%s counts as its default", (key, value) => {
  expect(parseResponseFilter({ [key]: value })).toEqual(parseResponseFilter({}));
});
