import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { seedDemo } from "#db/seed/demo";
import type { Context } from "#lib/context";
import { parseInterruptionFilter } from "#lib/reports/interruption-filter";
import { HEALTH_FIGURES, healthCsv } from "#lib/reports/on-call-health-csv";
import { countInterruptions } from "#lib/reports/queries/interruption-scope";
import { listInterruptions } from "#lib/reports/queries/interruptions";
import { readHealthReport } from "#lib/reports/queries/on-call-health-report";
import { parseReportFilter } from "#lib/reports/report-filter";
import { useDatabase } from "#lib/testing/database";
import { actAs } from "#lib/testing/factories";
import { disagreements } from "#lib/testing/linked-numbers";
import { reportParameters } from "#lib/testing/report-filters";

const { db, url } = await useDatabase();

// A Sunday in the past: the same incidents whenever the test runs.
const NOW = new Date("2025-11-23T20:00:00.000Z");
const YEAR = { from: "2024-11-25", to: "2025-11-23" };
const LISTS = {
  "/reports/on-call-health/interruptions": (ctx: Context, parameters: URLSearchParams) =>
    countInterruptions(ctx, parseInterruptionFilter(parameters)),
};

let manager: Context;

beforeAll(async () => {
  await seedDemo(url, { now: NOW, password: "a long enough password" });
  manager = actAs(db, { role: "manager", timeZone: "America/New_York" });
}, 120_000);

describe("readHealthReport", () => {
  test(
    "every number opens a list with that many rows, over 40 random filters",
    { timeout: 300_000 },
    async () => {
      await fc.assert(
        fc.asyncProperty(await reportParameters(db), async (parameters) => {
          const report = await readHealthReport(manager, parseReportFilter(parameters));
          expect(await disagreements(manager, report, LISTS)).toEqual([]);
        }),
        { numRuns: 40, seed: 20_261_130 },
      );
    },
  );

  test("classes, hours, teams and people add up to all that counted", async () => {
    const report = await readHealthReport(manager, parseReportFilter(YEAR));
    const [slow] = await db.$client<{ all: number; sleep: number }[]>`
      select count(*)::int as all, count(*) filter (where class = 'sleep')::int as sleep from interruptions
      where counted and at >= ${report.from} and at < ${report.to}`;
    const sum = (loads: readonly { total: { count: number } }[]) =>
      loads.reduce((total, load) => total + load.total.count, 0);
    expect(report.all.total.count).toBe(slow?.all);
    expect(report.all.classes.find((part) => part.class === "sleep")?.count).toBe(slow?.sleep);
    expect([sum(report.periods), sum(report.teams), sum(report.people)]).toEqual([
      slow?.all,
      slow?.all,
      slow?.all,
    ]);
    expect(report.heat.flat().reduce((total, { count }) => total + count, 0)).toBe(slow?.all);
    expect(slow?.all).toBeGreaterThan(100);
    for (const figure of HEALTH_FIGURES) expect(healthCsv(report, figure)).toMatch(/\r\n$/);
  });

  test("names only oneself to responders, and their people to those who manage a team", async () => {
    const [someone] = await db.$client<{ id: string; team_id: string }[]>`
      select r.user_id as id, m.team_id from interruptions r join team_members m on m.user_id = r.user_id
      where not exists (select from team_members o where o.user_id = r.user_id and o.role = 'manager') limit 1`;
    const filter = parseReportFilter(YEAR);
    const own = await readHealthReport(actAs(db, { id: someone!.id, role: "responder" }), filter);
    expect(own.people.map(({ key }) => key)).toEqual([someone!.id]);
    expect(own.hidden).toBeGreaterThan(1);
    const stranger = actAs(db, { role: "responder" });
    const list = await listInterruptions(stranger, parseInterruptionFilter(YEAR));
    expect(list.interruptions.every(({ person }) => person === null)).toBe(true);
    await expect(
      listInterruptions(stranger, parseInterruptionFilter({ ...YEAR, person: someone!.id })),
    ).rejects.toMatchObject({ code: "forbidden" });
    await db.$client`update team_members set role = 'manager' where team_id = ${someone!.team_id} and user_id = ${someone!.id}`;
    const lead = await readHealthReport(actAs(db, { id: someone!.id, role: "responder" }), filter);
    expect(lead.people.length).toBeGreaterThan(1);
  });

  test("nights in a row are nights, whatever the clocks do", async () => {
    const { people } = await readHealthReport(manager, parseReportFilter(YEAR));
    for (const { nights, streak, classes } of people) {
      const sleep = classes.find((part) => part.class === "sleep")?.count ?? 0;
      expect(streak).toBeLessThanOrEqual(nights);
      expect(nights).toBeLessThanOrEqual(sleep);
      expect(nights > 0).toBe(sleep > 0);
    }
  });
});
