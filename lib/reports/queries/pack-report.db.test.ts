import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { seedDemo } from "#db/seed/demo";
import type { Context } from "#lib/context";
import { CLOCKS } from "#lib/incidents/filter";
import { parseInterruptionFilter } from "#lib/reports/interruption-filter";
import { PACK_FIGURES, packCsv } from "#lib/reports/pack-csv";
import { parsePack } from "#lib/reports/pack-filter";
import { packSentences } from "#lib/reports/pack-words";
import { countInterruptions } from "#lib/reports/queries/interruption-scope";
import { readPackReport } from "#lib/reports/queries/pack-report";
import { compareDurations } from "#lib/statistics/comparison";
import { ranksOf } from "#lib/statistics/rank-sum";
import { useDatabase } from "#lib/testing/database";
import { actAs } from "#lib/testing/factories";
import { disagreements } from "#lib/testing/linked-numbers";
import { reportParameters } from "#lib/testing/report-filters";

const { db, url } = await useDatabase();

// A Sunday in the past: the same incidents whenever the test runs.
const NOW = new Date("2025-11-23T20:00:00.000Z");
const LISTS = {
  "/reports/on-call-health/interruptions": (ctx: Context, parameters: URLSearchParams) =>
    countInterruptions(ctx, parseInterruptionFilter(parameters)),
};

let viewer: Context;
const read = (parameters: URLSearchParams | Record<string, string>) => {
  const pack = parsePack(parameters, "quarter");
  return readPackReport(viewer, pack.filter, pack);
};

beforeAll(async () => {
  await seedDemo(url, { now: NOW, password: "a long enough password" });
  viewer = actAs(db, { role: "stakeholder", timeZone: "America/New_York" });
}, 120_000);

describe("readPackReport", () => {
  test(
    "every number opens a list with that many rows, over 40 random filters",
    { timeout: 300_000 },
    async () => {
      const filters = await reportParameters(db, {
        by: ["week", "month", "quarter"],
        period: ["2025-Q3", "2025-10", "2025-11-17", "nonsense"],
      });
      await fc.assert(
        fc.asyncProperty(filters, async (parameters) => {
          expect(await disagreements(viewer, await read(parameters), LISTS)).toEqual([]);
        }),
        { numRuns: 40, seed: 20_261_130 },
      );
    },
  );

  test("ranks in the database are those of the durations themselves", async () => {
    const report = await read({ period: "2025-Q3" });
    const durations = (from: number, to: number) =>
      db.$client<{ ms: number }[]>`select ms_to_respond::float8 as ms from incident_facts
        where not merged and not auto_resolved and ms_to_respond is not null
          and created_at >= ${new Date(from).toISOString()} and created_at < ${new Date(to).toISOString()}`;
    const [mine, earlier] = await Promise.all([
      durations(report.period.start, report.period.end),
      durations(report.previous.start, report.previous.end),
    ]);
    const ranks = ranksOf(
      mine.map(({ ms }) => ms),
      earlier.map(({ ms }) => ms),
    );
    expect(ranks.n).toBeGreaterThan(100);
    expect(report.verdicts.clocks.respond).toEqual(compareDurations(ranks));
  });

  test("the time without a major incident is what a count in steps of 20 minutes finds", async () => {
    const report = await read({ by: "month", period: "2025-10" });
    const [slow] = await db.$client<{ share: number }[]>`
      with minutes as (select generate_series(${new Date(report.period.start).toISOString()}::timestamptz,
        ${new Date(report.period.end - 1_200_000).toISOString()}::timestamptz, '20 minutes') as at)
      select avg(case when exists (select from incident_facts f where f.major and not f.merged and not f.auto_resolved
        and f.created_at <= m.at and coalesce(f.resolved_at, now()) > m.at) then 0 else 1 end)::float8 as share from minutes m`;
    expect(Math.abs((report.now.withoutMajor ?? 0) - (slow?.share ?? 0))).toBeLessThan(0.01);
    expect(report.now.withoutMajor).toBeLessThan(1);
  });

  test("availability leaves what no outage of the service covered, counted in steps of ten minutes", async () => {
    const report = await read({ by: "month", period: "2025-10" });
    expect(report.availability.length).toBeGreaterThan(1);
    const start = new Date(report.period.start).toISOString();
    const end = new Date(report.period.end).toISOString();
    for (const row of report.availability) {
      const [slow] = await db.$client<{ share: number }[]>`
        with moments as (select generate_series(${start}::timestamptz, ${end}::timestamptz - '10 minutes'::interval, '10 minutes') as at)
        select avg(case when exists (
          select from incident_facts f where f.service_id = ${row.serviceId} and not f.merged
            and coalesce(f.customer_impact, f.major)
            and case when f.customer_impact then f.impact_started_at else f.created_at end <= m.at
            and coalesce(case when f.customer_impact then f.impact_ended_at else f.resolved_at end, now()) > m.at
        ) then 0 else 1 end)::float8 as share from moments m`;
      expect(Math.abs(row.upPercent - 100 * (slow?.share ?? 0))).toBeLessThan(0.3);
    }
    expect(report.availability.some(({ upPercent }) => upPercent < 100)).toBe(true);
  });

  test("says what changed only with the word of a test, and nothing of nothing", async () => {
    const report = await read({ period: "2025-Q3" });
    expect(report.course).toHaveLength(13);
    expect(packSentences(report)).toHaveLength(5);
    expect(packSentences(report).join(" ")).toMatch(
      /(improved|worsened|no detectable change|too few to tell)/,
    );
    const nothing = await read({ period: "2019-Q1" });
    expect(nothing.now).toMatchObject({ incidents: { count: 0 }, withoutMajor: 1, impactMinutes: 0 });
    for (const figure of PACK_FIGURES) expect(packCsv(nothing, figure)).toMatch(/\r\n$/);
    expect(CLOCKS.map((clock) => nothing.verdicts.clocks[clock].word)).toEqual(
      CLOCKS.map(() => "too little data"),
    );
  });
});
