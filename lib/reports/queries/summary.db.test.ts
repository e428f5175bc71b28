import { beforeAll, describe, expect, test } from "vitest";
import { seedDemo } from "#db/seed/demo";
import type { Context } from "#lib/context";
import { parseInterruptionFilter } from "#lib/reports/interruption-filter";
import { countInterruptions } from "#lib/reports/queries/interruption-scope";
import { readResponseReport } from "#lib/reports/queries/response-report";
import { readSummary } from "#lib/reports/queries/summary";
import { parseResponseFilter } from "#lib/reports/response-filter";
import { readServiceLevelReport } from "#lib/service-levels/queries/compliance";
import { useDatabase } from "#lib/testing/database";
import { actAs } from "#lib/testing/factories";
import { disagreements } from "#lib/testing/linked-numbers";

const { db, url } = await useDatabase();

const LISTS = {
  "/reports/on-call-health/interruptions": (ctx: Context, parameters: URLSearchParams) =>
    countInterruptions(ctx, parseInterruptionFilter(parameters)),
};

let reader: Context;
let owned: { team: string[] }[];
let services: { service: string[] }[];

beforeAll(async () => {
  await seedDemo(url, { password: "a long enough password" });
  reader = actAs(db, { role: "stakeholder", timeZone: "Australia/Lord_Howe" });
  owned = (await db.$client<{ id: string }[]>`select id from teams order by name`).map(({ id }) => ({
    team: [id],
  }));
  services = (await db.$client<{ id: string }[]>`select id from services order by name`).map(({ id }) => ({
    service: [id],
  }));
}, 120_000);

describe("readSummary", () => {
  test("every number of every team and service opens a list of as many", { timeout: 120_000 }, async () => {
    const summaries = await Promise.all([...owned, ...services].map((scope) => readSummary(reader, scope)));
    for (const summary of summaries) expect(await disagreements(reader, summary, LISTS)).toEqual([]);
    expect(summaries.filter(({ incidents }) => incidents.count > 0).length).toBeGreaterThan(5);
    expect(summaries.some(({ load }) => load.total.count > 0)).toBe(true);
    expect(summaries.some(({ promises }) => promises.some(({ rolling }) => rolling.judged > 0))).toBe(true);
  });

  test("says what the reports that it leads to say", async () => {
    for (const scope of owned) {
      const { clocks, incidents, escalated, weeks, promises } = await readSummary(reader, scope);
      for (const row of clocks) {
        const { searchParams } = new URL(row.reportHref, "http://localhost");
        const report = await readResponseReport(reader, parseResponseFilter(searchParams));
        const same = report.clocks.find(({ clock }) => clock === row.clock);
        expect([row.n, row.median, row.p90, row.href]).toEqual([
          same?.n,
          same?.median,
          same?.p90,
          same?.href,
        ]);
        expect(row.verdict).toEqual(report.trend.verdict);
        expect(incidents).toEqual(report.total);
        expect(escalated).toEqual(report.escalated);
      }
      expect(weeks.reduce((sum, week) => sum + week.incidents, 0)).toBe(incidents.count);
      const { levels } = await readServiceLevelReport(reader, { service: [], ...scope });
      expect(promises.map(({ rolling }) => rolling.judged)).toEqual(
        levels.map(({ rolling }) => rolling.judged),
      );
    }
  });
});
