import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { seedDemo } from "#db/seed/demo";
import type { Context } from "#lib/context";
import { CLOCKS, EVERY_INCIDENT } from "#lib/incidents/filter";
import { packDays } from "#lib/reports/commands/pack-days";
import { FACT_LAYOUT } from "#lib/reports/fact-columns";
import { EVERY_METRIC } from "#lib/reports/metric-filter";
import type { MetricGroup, MetricUnit } from "#lib/reports/metric-filter";
import { readCatalogue } from "#lib/reports/queries/catalogue";
import { readDetectionReport } from "#lib/reports/queries/detection-report";
import { readIncidentMetrics } from "#lib/reports/queries/incident-metrics";
import { readHealthReport } from "#lib/reports/queries/on-call-health-report";
import { readPackReport } from "#lib/reports/queries/pack-report";
import { readFacts } from "#lib/reports/queries/population";
import { inSnapshot } from "#lib/reports/queries/report-scope";
import { readResponseReport } from "#lib/reports/queries/response-report";
import { readTrendsReport } from "#lib/reports/queries/trends-report";
import { parseReportFilter } from "#lib/reports/report-filter";
import { GROUPINGS, parseResponseFilter } from "#lib/reports/response-filter";
import { DIMENSIONS, parseTrendsFilter } from "#lib/reports/trends-filter";
import { useDatabase } from "#lib/testing/database";
import { actAs } from "#lib/testing/factories";
import { reportParameters } from "#lib/testing/report-filters";

const { db, url, sql, setTime, stopTime } = await useDatabase();

// In the past of the server's own clock too, by which days are packed.
const NOW = new Date("2025-11-23T20:00:00.000Z");

let reader: Context;
let filters: fc.Arbitrary<URLSearchParams>;

beforeAll(async () => {
  await setTime(NOW);
  await stopTime();
  await seedDemo(url, { now: NOW, password: "a long enough password" });
  reader = actAs(db, { role: "manager", timeZone: "Asia/Kolkata" });
  filters = await reportParameters(db, { clock: CLOCKS, by: [...GROUPINGS, ...DIMENSIONS] });
}, 120_000);

async function packAll(): Promise<number> {
  let count = 0;
  for (let packed = await packDays(db); packed > 0; packed = await packDays(db)) count += packed;
  return count;
}

async function readAll(parameters: URLSearchParams): Promise<unknown> {
  const filter = parseReportFilter(parameters);
  return Promise.all([
    readResponseReport(reader, parseResponseFilter(parameters)),
    readTrendsReport(reader, parseTrendsFilter(parameters)),
    readDetectionReport(reader, filter),
    readHealthReport(reader, filter),
    readPackReport(reader, filter, { unit: "month", key: "2025-09" }),
    readMetrics("service", null),
    readMetrics("policy", "month"),
  ]);
}

function readMetrics(by: MetricGroup, unit: MetricUnit | null) {
  const filter = { ...EVERY_METRIC, from: new Date("2025-06-03T05:00:00Z"), to: NOW };
  return readIncidentMetrics(reader, { filter, by, unit, timeZone: "Asia/Kolkata" });
}

/** What may happen to facts and interruptions, by somebody who knows nothing of packed days. */
const changes = fc.record({
  share: fc.integer({ min: 40, max: 400 }),
  seed: fc.integer({ min: 0, max: 1000 }),
  kind: fc.constantFrom("clocks", "words", "moved", "removed", "uncounted", "nothing"),
});

async function change({ share, seed, kind }: { share: number; seed: number; kind: string }): Promise<void> {
  const some = sql`(number + ${seed}) % ${share} = 0`;
  if (kind === "clocks")
    await sql`update incident_facts set ms_to_resolve = nullif(number % 7, 0) * 3600123, ms_to_acknowledge = null,
      mitigated_at = resolved_at - interval '1.5 seconds', timeout_escalation_count = number % 2 where ${some}`;
  if (kind === "words")
    await sql`update incident_facts set feature = case number % 3 when 0 then null when 1 then 'ünï, "code" \\' else 'late' end,
      cause_class = 'capacity', detection_source = 'partner', priority_rank = nullif(number % 6, 0), urgency = 'low',
      customer_impact = number % 2 = 0, merged = number % 5 = 0, auto_resolved = number % 4 = 0, game_day = true,
      team_id = nullif(team_id, 'none'), engaged_ms = nullif(number % 3, 0) * 1000, effort_ms = nullif(number % 4, 0) * 90000 where ${some}`;
  if (kind === "moved")
    await sql`update incident_facts set created_at = created_at - interval '37 hours' where ${some}`;
  if (kind === "removed") await sql`delete from incident_facts where ${some} and number % 5 = 0`;
  if (kind === "uncounted")
    await sql`update interruptions set counted = not counted where hashtext(delivery_id) % ${share} = 0`;
}

test(
  "reports say the same of packed days as of their rows, whatever changes in between",
  { timeout: 300_000 },
  async () => {
    expect(await packAll()).toBeGreaterThan(300);
    await fc.assert(
      fc.asyncProperty(filters, changes, fc.boolean(), async (parameters, what, again) => {
        await change(what);
        if (again) await packDays(db);
        const packed = await readAll(parameters);
        // Days of another format are read from their rows.
        await sql`update packed_days set format = '-' || format`;
        const plain = await readAll(parameters);
        await sql`update packed_days set format = substr(format, 2)`;
        expect(packed).toEqual(plain);
      }),
      { numRuns: 12, seed: 20_261_130 },
    );
  },
);

test("few incidents of some services are the same by their rows as by the columns of all", async () => {
  await packAll();
  const range = { start: NOW.getTime() - 200 * 86_400_000, end: NOW.getTime() };
  const [services, teams] = [
    await sql<{ id: string }[]>`select id from services order by id`,
    await sql<{ id: string }[]>`select id from teams order by id`,
  ].map((rows) => rows.map(({ id }) => id));
  const some = (ids: string[] = []) => fc.subarray([...ids, "none"], { maxLength: 3 });
  let counted = 0;
  await fc.assert(
    fc.asyncProperty(
      some(services),
      some(teams),
      fc.constantFrom(null, false),
      async (service, team, auto) => {
        await inSnapshot(reader, async ({ tx, viewer }) => {
          const catalogue = await readCatalogue(tx);
          const read = async (few: number) => {
            const filter = { ...EVERY_INCIDENT, service, team, auto };
            const facts = await readFacts({ tx, viewer }, filter, range, catalogue, few);
            const order = [...facts.number.keys()].toSorted(
              (a, b) => (facts.number[a] ?? 0) - (facts.number[b] ?? 0),
            );
            return order.map((place) =>
              [...FACT_LAYOUT.numbers, ...FACT_LAYOUT.wholes].map((name) => facts[name][place]),
            );
          };
          const rows = await read(1_000_000);
          counted += rows.length;
          expect(await read(-1)).toEqual(rows);
        });
      },
    ),
    { numRuns: 30, seed: 20_261_130 },
  );
  expect(counted).toBeGreaterThan(1000);
});

test("a day is packed anew once something in it has changed, and only then", async () => {
  await packAll();
  expect(await packDays(db)).toBe(0);
  const [{ day } = { day: "" }] = await sql<{ day: string }[]>`
    update incident_facts set ms_to_resolve = 5 where number = (select max(number) from incident_facts where created_at < '2025-11-01T00:00:00Z')
    returning (created_at at time zone 'UTC')::date::text as day`;
  const versions = () =>
    sql<{ version: string }[]>`select version from packed_days where kind = 'facts' and day = ${day}`;
  const [before] = await versions();
  // For reports, and for the analytics interface.
  expect(await packDays(db)).toBe(2);
  const [after] = await versions();
  expect(after?.version).not.toBe(before?.version);
});

test("what a running transaction may still change is left alone", async () => {
  await packAll();
  const day = "2026-01-05";
  await sql.begin(async (tx) => {
    // It has begun, and has told nobody yet.
    await tx`update incident_facts set created_at = ${`${day}T12:00:00Z`} where number = (select min(number) from incident_facts)`;
    await packDays(db);
    const [packed] = await sql`select from changed_days`;
    expect(packed).toBeUndefined();
  });
  const told = await sql<{ day: string }[]>`select day::text from changed_days order by day`;
  expect(told.map((row) => row.day)).toContain(day);
});

test("several processes that pack at once neither fail nor leave anything", async () => {
  await packAll();
  for (let round = 0; round < 10; round += 1) {
    await sql`update incident_facts set ms_to_resolve = ${round} where number % 50 = ${round}`;
    const counts = await Promise.all([1, 2, 3].map(() => packDays(db)));
    expect(Math.max(...counts)).toBeGreaterThan(0);
  }
  await packAll();
  expect(await sql`select from changed_days where day < now() - interval '5 days'`).toHaveLength(0);
});
