import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { seedDemo } from "#db/seed/demo";
import type { Context } from "#lib/context";
import { parseInterruptionFilter } from "#lib/reports/interruption-filter";
import { HEALTH_FIGURES, healthCsv } from "#lib/reports/on-call-health-csv";
import { refreshFacts } from "#lib/incidents/commands/refresh-facts";
import { rebuildInterruptions } from "#lib/notifications/commands/record-interruptions";
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

describe("interruption_loads", () => {
  test("says the same in zones whose days begin at any quarter of an hour", { timeout: 60_000 }, async () => {
    for (const timeZone of ["Etc/UTC", "Asia/Kolkata", "Asia/Kathmandu"]) {
      const viewer = actAs(db, { role: "manager", timeZone });
      const report = await readHealthReport(viewer, parseReportFilter(YEAR));
      expect(await disagreements(viewer, report, LISTS)).toEqual([]);
    }
  });

  test("is what can be counted, whatever happens to interruptions", async () => {
    const sql = db.$client;
    const differing = async () => {
      const counted = sql`
        select date_bin('30 minutes', at, '2000-01-01Z') as at, user_id, service_id, weekday, hour, class,
          min(case when class = 'sleep' then ((at at time zone time_zone) - interval '8 hours')::date end) as night, count(*)::int as count
        from interruptions where counted group by 1, 2, 3, 4, 5, 6`;
      const kept = sql`select at, user_id, service_id, weekday, hour, class, night, count from interruption_loads`;
      return sql`(${counted} except ${kept}) union all (${kept} except ${counted})`;
    };
    expect(await differing()).toEqual([]);
    const [one, two, three] = await sql<{ incident_id: string }[]>`
      select distinct incident_id from interruptions where counted order by 1 limit 3`;
    const [service] = await sql<{ id: string }[]>`
      select id from services where id <> (select service_id from incidents where id = ${one!.incident_id}) limit 1`;
    await sql`update incidents set service_id = ${service!.id} where id = ${one!.incident_id}`;
    await db.transaction((tx) => refreshFacts({ tx }, [one!.incident_id]));
    const moved =
      await sql`select from interruptions where incident_id = ${one!.incident_id} and service_id <> ${service!.id}`;
    expect(moved).toHaveLength(0);
    expect(await differing()).toEqual([]);
    await sql`update interruptions set counted = false where incident_id = ${two!.incident_id}`;
    await sql`delete from incidents where id = ${three!.incident_id}`;
    expect(await differing()).toEqual([]);
    expect(await db.transaction((tx) => rebuildInterruptions({ tx }))).toBeGreaterThan(0);
    expect(await differing()).toEqual([]);
    const [none] = await sql<{ least: number }[]>`select min(count) as least from interruption_loads`;
    expect(none?.least).toBe(1);
  });
});
