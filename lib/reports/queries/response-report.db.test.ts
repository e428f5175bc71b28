import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { seedDemo } from "#db/seed/demo";
import type { Context } from "#lib/context";
import { CLOCKS, parseIncidentFilter } from "#lib/incidents/filter";
import { countIncidents } from "#lib/incidents/queries/count-incidents";
import { listIncidents } from "#lib/incidents/queries/list-incidents";
import { GROUPINGS, parseResponseFilter } from "#lib/reports/response-filter";
import type { ResponseReport } from "#lib/reports/response-report";
import { packDays } from "#lib/reports/commands/pack-days";
import { readIncidentCsv } from "#lib/reports/queries/incident-csv";
import { readResponseReport } from "#lib/reports/queries/response-report";
import { FIGURES, reportCsv } from "#lib/reports/report-csv";
import { median, quantile } from "#lib/statistics/quantile";
import { medianInterval } from "#lib/statistics/median-interval";
import { useDatabase } from "#lib/testing/database";
import { actAs } from "#lib/testing/factories";
import { disagreements, linkedNumbers } from "#lib/testing/linked-numbers";
import { reportParameters } from "#lib/testing/report-filters";

const { db, url } = await useDatabase();

// A Sunday in the past: the same incidents whenever the test runs.
const NOW = new Date("2025-11-23T20:00:00.000Z");
const YEAR = { from: "2024-11-25", to: "2025-11-23" };
const HALF_YEAR = { from: "2025-05-26", to: "2025-11-23" };

let viewer: Context;
let filters: fc.Arbitrary<URLSearchParams>;

beforeAll(async () => {
  await seedDemo(url, { now: NOW, password: "a long enough password" });
  // Half of the days are packed.
  await packDays(db);
  await db.$client`delete from packed_days where extract(isodow from day) in (2, 4, 5)`;
  viewer = actAs(db, { role: "stakeholder", timeZone: "America/New_York" });
  filters = await reportParameters(db, { clock: CLOCKS, by: GROUPINGS });
}, 120_000);

function parametersOf(href: string): URLSearchParams {
  return new URL(href, "http://localhost").searchParams;
}

describe("readResponseReport", () => {
  test(
    "every number opens a list with that many rows, over 200 random filters",
    { timeout: 240_000 },
    async () => {
      await fc.assert(
        fc.asyncProperty(filters, async (parameters) => {
          const report = await readResponseReport(viewer, parseResponseFilter(parameters));
          expect(await disagreements(viewer, report)).toEqual([]);
        }),
        { numRuns: 200, seed: 20_261_122 },
      );
    },
  );

  test("the incident list itself shows as many rows", { timeout: 120_000 }, async () => {
    const report = await readResponseReport(viewer, parseResponseFilter({ ...HALF_YEAR, by: "priority" }));
    const shown: [string, number][] = [];
    for (const { where, href } of linkedNumbers(report)) {
      const { filter } = parseIncidentFilter(parametersOf(href));
      const list = await listIncidents(viewer, { filter, sort: "newest", limit: 1, cursor: null });
      shown.push([where, list.total]);
    }
    expect(shown).toEqual(linkedNumbers(report).map(({ where, count }) => [where, count]));
  });

  test("its medians, quartiles and intervals are those of the durations themselves", async () => {
    const report = await readResponseReport(viewer, parseResponseFilter({ ...YEAR, by: "service" }));
    const { filter } = parseIncidentFilter(parametersOf(report.total.href));
    const rows = await db.$client<{ service_id: string; ms: number }[]>`
      select service_id, ms_to_resolve::float8 as ms from incident_facts
      where not merged and not auto_resolved and ms_to_resolve is not null
        and created_at >= ${filter.from} and created_at < ${filter.to} order by ms_to_resolve`;
    const check = (
      found: ResponseReport["groups"][number] | ResponseReport["clocks"][number],
      all: number[],
    ) => {
      const ranks = medianInterval(all.length);
      expect(found.n).toBe(all.length);
      expect(found.median).toBeCloseTo(median(all) ?? -1, 3);
      expect(found.firstQuartile).toBeCloseTo(quantile(all, 0.25) ?? -1, 3);
      expect(found.thirdQuartile).toBeCloseTo(quantile(all, 0.75) ?? -1, 3);
      expect(found.low).toBe(ranks ? all[ranks.low - 1] : null);
      expect(found.high).toBe(ranks ? all[ranks.high - 1] : null);
      expect(found.p90 === null).toBe(all.length < 20);
      expect(found.longest?.ms).toBe(all.at(-1));
    };
    check(
      report.clocks.find(({ clock }) => clock === "resolve")!,
      rows.map(({ ms }) => ms),
    );
    expect(report.groups.length).toBeGreaterThan(30);
    for (const group of report.groups.filter(({ n }) => n > 0)) {
      check(
        group,
        rows.filter((row) => row.service_id === group.key).map(({ ms }) => ms),
      );
    }
  });

  test("open incidents are counted apart and keep the curve above zero", async () => {
    const report = await readResponseReport(viewer, parseResponseFilter(HALF_YEAR));
    const resolve = report.clocks.find(({ clock }) => clock === "resolve")!;
    expect(report.open.count).toBe(5);
    expect(resolve.n + resolve.waiting.count + resolve.never.count).toBe(report.total.count);
    expect(resolve.waiting.count).toBe(5);
    expect(report.stillOpen[0]).toMatchObject({ name: "All", n: report.total.count, open: 5 });
  });

  test("finds the improvements that happened and no others", async () => {
    const year = await readResponseReport(viewer, parseResponseFilter(YEAR));
    expect(year.trend.verdict.word).toBe("improved");
    expect(year.trend.signals.every(({ index, side }) => side === "below" && index >= 12)).toBe(true);
    const pages = await readResponseReport(
      viewer,
      parseResponseFilter({ ...YEAR, clock: "acknowledge", urgency: "high" }),
    );
    const on = (side: string) => pages.trend.signals.filter((signal) => signal.side === side).length;
    expect(on("below")).toBeGreaterThan(1);
    // Of a year's weeks one may lie outside by chance.
    expect(on("above")).toBeLessThanOrEqual(1);
  });

  test("nothing in range is a report of nothing", async () => {
    const report = await readResponseReport(viewer, parseResponseFilter({ q: "no such words" }));
    expect(report).toMatchObject({ total: { count: 0 }, groups: [], strips: [], dots: [] });
    expect(report.trend.verdict.word).toBe("too little data");
    expect(report.clocks.every(({ median: value }) => value === null)).toBe(true);
    for (const figure of FIGURES) expect(reportCsv(report, figure)).toMatch(/\r\n$/);
  });
});

describe("readIncidentCsv", () => {
  test("has a record for each incident of the filter and neutralises formulas", async () => {
    await db.$client`update incidents set title = '=cmd|calc!A1' where number = 3`;
    const { filter } = parseIncidentFilter({});
    let text = "";
    for await (const part of readIncidentCsv(viewer, filter)) text += part;
    const records = text.trimEnd().split("\r\n");
    expect(records).toHaveLength(1 + (await countIncidents(viewer, filter)));
    expect(records[0]).toContain("number,id,title,status");
    expect(text).toContain("'=cmd|calc!A1");
    expect(records[1]).toMatch(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/);
  });

  test("stopping early gives the connection back", async () => {
    for (let round = 0; round < 15; round += 1) {
      const reading = readIncidentCsv(viewer, parseIncidentFilter({}).filter);
      await reading.next();
      await reading.next();
      await reading.return(undefined);
    }
    expect(await countIncidents(viewer, parseIncidentFilter({ status: "open" }).filter)).toBe(5);
  });
});
