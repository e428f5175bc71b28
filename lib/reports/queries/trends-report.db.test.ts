import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { seedDemo } from "#db/seed/demo";
import type { Context } from "#lib/context";
import { readTrendsReport } from "#lib/reports/queries/trends-report";
import { TREND_FIGURES, trendsCsv } from "#lib/reports/trends-csv";
import { DIMENSIONS, parseTrendsFilter } from "#lib/reports/trends-filter";
import { useDatabase } from "#lib/testing/database";
import { actAs } from "#lib/testing/factories";
import { disagreements, linkedNumbers } from "#lib/testing/linked-numbers";
import { reportParameters } from "#lib/testing/report-filters";

const { db, url } = await useDatabase();

// A Sunday in the past: the same incidents whenever the test runs.
const NOW = new Date("2025-11-23T20:00:00.000Z");
const YEAR = { from: "2024-11-25", to: "2025-11-23" };

let viewer: Context;

beforeAll(async () => {
  await seedDemo(url, { now: NOW, password: "a long enough password" });
  viewer = actAs(db, { role: "stakeholder", timeZone: "America/New_York" });
}, 120_000);

describe("readTrendsReport", () => {
  test(
    "every number opens a list with that many rows, over 60 random filters",
    { timeout: 240_000 },
    async () => {
      const filters = await reportParameters(db, { by: DIMENSIONS });
      await fc.assert(
        fc.asyncProperty(filters, async (parameters) => {
          const report = await readTrendsReport(viewer, parseTrendsFilter(parameters));
          expect(await disagreements(viewer, report)).toEqual([]);
        }),
        { numRuns: 60, seed: 20_261_130 },
      );
    },
  );

  test.each(DIMENSIONS)("by %s, cells add up to rows and rows to the total", async (by) => {
    const report = await readTrendsReport(viewer, parseTrendsFilter({ ...YEAR, by }), true);
    for (const { cells, total } of report.rows) {
      expect(cells.reduce((sum, { count }) => sum + count, 0)).toBe(total.count);
    }
    expect(report.rows.reduce((sum, { total }) => sum + total.count, 0)).toBe(report.total.count);
    expect(report.periods.reduce((sum, { incidents }) => sum + incidents.count, 0)).toBe(report.total.count);
    expect(report.total.count).toBeGreaterThan(800);
    expect(linkedNumbers(report).length).toBeGreaterThan(60);
  });

  test("incidents after changes are those that a slow count finds", async () => {
    const report = await readTrendsReport(viewer, parseTrendsFilter(YEAR));
    const [slow] = await db.$client<{ after: number }[]>`
      select count(*)::int as after from incident_facts f
      where not merged and not auto_resolved
        and created_at >= ${report.from} and created_at < ${report.to}
        and exists (select from change_events c where c.service_id = f.service_id
          and f.created_at >= c.at and f.created_at < c.at + interval '24 hours')`;
    expect(report.afterAnyChange?.after.count).toBe(slow?.after);
    expect(report.followed.length).toBeGreaterThan(3);
  });

  test("nothing in range is a report of nothing", async () => {
    const report = await readTrendsReport(viewer, parseTrendsFilter({ q: "no such words" }));
    expect(report).toMatchObject({ total: { count: 0 }, rows: [], afterChanges: [], afterAnyChange: null });
    for (const figure of TREND_FIGURES) expect(trendsCsv(report, figure)).toMatch(/\r\n$/);
  });
});
