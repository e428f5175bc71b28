import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { seedDemo } from "#db/seed/demo";
import type { Context } from "#lib/context";
import { DETECTION_FIGURES, detectionCsv } from "#lib/reports/detection-csv";
import { readDetectionReport } from "#lib/reports/queries/detection-report";
import { parseReportFilter } from "#lib/reports/report-filter";
import { useDatabase } from "#lib/testing/database";
import { actAs } from "#lib/testing/factories";
import { disagreements } from "#lib/testing/linked-numbers";
import { reportParameters } from "#lib/testing/report-filters";

const { db, url } = await useDatabase();

// A Sunday in the past: the same incidents whenever the test runs.
const NOW = new Date("2025-11-23T20:00:00.000Z");
const YEAR = { from: "2024-11-25", to: "2025-11-23" };

let viewer: Context;

beforeAll(async () => {
  await seedDemo(url, { now: NOW, password: "a long enough password" });
  viewer = actAs(db, { role: "stakeholder", timeZone: "Europe/Berlin" });
}, 120_000);

describe("readDetectionReport", () => {
  test(
    "every number opens a list with that many rows, over 60 random filters",
    { timeout: 240_000 },
    async () => {
      await fc.assert(
        fc.asyncProperty(await reportParameters(db), async (parameters) => {
          const report = await readDetectionReport(viewer, parseReportFilter(parameters));
          expect(await disagreements(viewer, report)).toEqual([]);
        }),
        { numRuns: 60, seed: 20_261_130 },
      );
    },
  );

  test("what is not known is in no share, and the demo's share is near 85 %", async () => {
    await db.$client`update incident_facts set detection_source = 'unknown' where number % 10 = 0`;
    const { all, sources, total, chart, outside } = await readDetectionReport(
      viewer,
      parseReportFilter(YEAR),
    );
    const unknown = sources.find(({ source }) => source === "unknown")?.count ?? 0;
    expect(unknown).toBeGreaterThan(50);
    expect(all.known.count + unknown).toBe(total.count);
    expect(Math.abs((all.proportion?.share ?? 0) - 0.85)).toBeLessThan(0.05);
    expect(chart?.points.length).toBeGreaterThanOrEqual(11);
    expect(outside.every(({ source }) => ["customer_report", "partner", "social"].includes(source))).toBe(
      true,
    );
  });

  test("nothing in range is a report of nothing", async () => {
    const report = await readDetectionReport(viewer, parseReportFilter({ q: "no such words" }));
    expect(report).toMatchObject({ total: { count: 0 }, all: { proportion: null }, outside: [] });
    expect(report.verdict.word).toBe("too little data");
    for (const figure of DETECTION_FIGURES) expect(detectionCsv(report, figure)).toMatch(/\r\n$/);
  });
});
