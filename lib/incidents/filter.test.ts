import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  CLOCKS,
  EVERY_INCIDENT,
  incidentFilterParameters,
  incidentsHref,
  parseIncidentFilter,
} from "#lib/incidents/filter";
import type { IncidentFilter } from "#lib/incidents/filter";
import {
  CAUSE_CLASSES,
  DETECTION_SOURCES,
  INCIDENT_ORIGINS,
  INCIDENT_STATUSES,
  URGENCIES,
} from "#lib/incidents/vocabulary";

const id = fc.stringMatching(/^[A-Z0-9]{14}$/);
const some = <T>(items: readonly T[]) => fc.subarray([...items]);
const flag = fc.constantFrom(true, false, null);
const time = fc.constantFrom(null, "2026-02-28", "2026-11-22T19:40:00.000Z", "2026-03-01T00:30:00.123Z");

const filters: fc.Arbitrary<IncidentFilter> = fc.record({
  status: some(INCIDENT_STATUSES),
  urgency: some(URGENCIES),
  priority: some(["P1", "P2", "P5", "none"]),
  service: fc.uniqueArray(id, { maxLength: 4 }),
  team: fc.uniqueArray(fc.oneof(id, fc.constant("none")), { maxLength: 4 }),
  assignee: fc.uniqueArray(fc.oneof(id, fc.constantFrom("none", "me")), { maxLength: 4 }),
  origin: some(INCIDENT_ORIGINS),
  detection: some(DETECTION_SOURCES),
  q: fc.option(
    fc
      .string({ minLength: 1, maxLength: 40, unit: "grapheme" })
      .map((text) => text.replaceAll("\0", "").trim() || "x"),
  ),
  from: time,
  to: time,
  clock: fc.constantFrom(...CLOCKS, null),
  without: fc.constantFrom(...CLOCKS, null),
  acknowledged: flag,
  resolved: flag,
  major: flag,
  merged: flag,
  auto: flag,
  escalated: flag,
  feature: fc.uniqueArray(fc.constantFrom("Payments", "Bets, live", "100 %2C", "投注", "none"), {
    maxLength: 4,
  }),
  cause: some([...CAUSE_CLASSES, "none"] as const),
  impact: flag,
  gameDay: flag,
  afterChange: flag,
  corrected: flag,
  level: fc.constantFrom(null, "PACKNOWLEDGE:breached", "PRESOLVE:not_needed"),
  outage: flag,
});

const sorted = (filter: IncidentFilter) =>
  Object.fromEntries(
    Object.entries(filter).map(([key, value]) => [
      key,
      Array.isArray(value) ? value.toSorted((a, b) => (a < b ? -1 : 1)) : value,
    ]),
  );

test("what is written to a URL is read back the same", () => {
  fc.assert(
    fc.property(filters, (filter) => {
      const url = new URL(incidentsHref(filter), "http://localhost");
      const read = parseIncidentFilter(url.searchParams);
      expect(read.ignored).toEqual([]);
      expect(sorted(read.filter)).toEqual(sorted(filter));
    }),
  );
});

test("no parameters make it throw", () => {
  const parameters = fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.array(fc.string())));
  expect.assertions(0);
  fc.assert(fc.property(parameters, (given) => void parseIncidentFilter(given)));
});

describe("parseIncidentFilter", () => {
  test("nothing given is every incident", () => {
    expect(parseIncidentFilter({})).toEqual({ filter: EVERY_INCIDENT, ignored: [] });
    expect(incidentsHref(EVERY_INCIDENT)).toBe("/incidents");
  });

  test("open and closed stand for their statuses", () => {
    expect(parseIncidentFilter({ status: "open" }).filter.status).toEqual(["triggered", "acknowledged"]);
    expect(parseIncidentFilter({ status: ["closed", "open"] }).filter.status).toEqual([
      "resolved",
      "triggered",
      "acknowledged",
    ]);
  });

  test.each([
    [{ status: "burning" }, "status=burning"],
    [{ service: "'; drop table" }, "service='; drop table"],
    [{ from: "2026-02-30" }, "from=2026-02-30"],
    [{ to: "yesterday" }, "to=yesterday"],
    [{ to: "2026-01-01T25:00:00Z" }, "to=2026-01-01T25:00:00Z"],
    [{ major: "maybe" }, "major=maybe"],
    [{ clock: "mttr" }, "clock=mttr"],
  ])("%j names something that does not exist", (parameters, ignored) => {
    expect(parseIncidentFilter(parameters)).toEqual({ filter: EVERY_INCIDENT, ignored: [ignored] });
  });

  test("an instant is read with its offset and written in UTC", () => {
    expect(parseIncidentFilter({ from: "2026-03-01T00:30+02:00" }).filter.from).toBe(
      "2026-02-28T22:30:00.000Z",
    );
  });

  test("equal filters give equal text whatever the order", () => {
    const one = parseIncidentFilter({ urgency: "low,high", status: "resolved,triggered" }).filter;
    const other = parseIncidentFilter({ status: "triggered,resolved", urgency: "high,low,high" }).filter;
    expect(incidentFilterParameters(one).toString()).toBe(incidentFilterParameters(other).toString());
  });
});
