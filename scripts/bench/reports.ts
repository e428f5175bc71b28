import { parseArgs } from "node:util";
import { connect } from "#db/connect";
import { readNow } from "#lib/context";
import { quantileOf } from "#scripts/bench/quantile-of";
import { createTemplate, createTestDatabase } from "#lib/testing/test-database";
import type { TestDatabase } from "#lib/testing/test-database";
import { makeReportData } from "#scripts/bench/report-data";
import { measureWrites } from "#scripts/bench/report-writes";
import { measuredReports } from "#scripts/bench/report-queries";
import type { MeasuredReport } from "#scripts/bench/report-queries";
import { step } from "#scripts/setup/progress";
import { startThrowAwayPostgres } from "#scripts/setup/throw-away-postgres";

export const REPORTS_USAGE = `npm run bench -- reports [--incidents 1000000]

Measures every report on five years of incidents, each with 30 log entries and 5 interruptions, beside the plain aggregate over raw rows;
and what keeping facts costs a write. A million incidents take about 20 GB of disk, which is given back.`;

const WARM_RUNS = 20;
const RAW_RUNS = 5;
// What it is held to.
const MOST_P95_MS = 300;
const LEAST_TIMES_FASTER = 5;
const MOST_WRITE_SHARE = 0.1;

type Row = { name: string; cold: number; warm: number; raw: number };

/** Measures on a throw-away database and prints the result; answers the exit code. */
export async function benchReports(args: readonly string[] = []): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: { incidents: { type: "string", default: "1000000" } },
  });
  const incidents = Number(values.incidents);
  if (!Number.isInteger(incidents) || incidents < 1000 || incidents > 1_000_000) {
    throw new Error("--incidents takes a whole number from 1000 to 1000000.");
  }
  const cleanups: (() => Promise<void> | void)[] = [];
  try {
    const postgres = await step("Database", () => startThrowAwayPostgres());
    cleanups.push(postgres.stop);
    const bench = await withOwnClock(
      await createTestDatabase(postgres.url(), await createTemplate(postgres.url())),
    );
    cleanups.push(bench.drop);
    process.env.DATABASE_URL = bench.url;
    process.env.TOUCHLINE_SECRET ??= "a secret of the benchmark, 32 or longer";
    const data = await makeReportData(bench, incidents, (text) => console.log(`  ${text}`));
    console.log(
      `${data.incidents} incidents, ${data.logEntries} log entries, ${data.interruptions} interruptions, ${(data.bytes / 2 ** 30).toFixed(1)} GB`,
    );
    const rows: Row[] = [];
    for (const report of measuredReports(bench, await bench.now(), incidents))
      rows.push(await measure(report));
    return conclude(rows, await measureWrites(bench));
  } finally {
    for (const cleanup of cleanups.toReversed()) await cleanup();
  }
}

/** The clock of tests is a query whenever it is read; here `now()` is PostgreSQL's own. */
async function withOwnClock(database: TestDatabase): Promise<TestDatabase> {
  const [row] = await database.sql<{ name: string }[]>`select current_database() as name`;
  await database.sql`alter database ${database.sql(row?.name ?? "")} reset search_path`;
  const db = connect(database.url, { applicationName: "touchline-bench" });
  const drop = async () => {
    await db.$client.end({ timeout: 1 });
    await database.drop();
  };
  return { ...database, db, sql: db.$client, now: () => readNow(db), drop };
}

async function measure({ name, read, raw }: MeasuredReport): Promise<Row> {
  const cold = await timed(() => read(0));
  const warm: number[] = [];
  for (let run = 1; run <= WARM_RUNS; run += 1) warm.push(await timed(() => read(run)));
  const plain: number[] = [];
  for (let run = 1; run <= RAW_RUNS; run += 1) plain.push(await timed(() => raw(run)));
  return { name, cold, warm: quantileOf(warm, 0.95), raw: quantileOf(plain, 0.5) };
}

function conclude(rows: readonly Row[], { whole, facts }: { whole: number; facts: number }): number {
  const slowest = Math.max(...rows.map(({ name }) => name.length));
  console.log(`\n${"report".padEnd(slowest)}  first ms  warm p95 ms  raw ms  times faster`);
  for (const { name, cold, warm, raw } of rows) {
    console.log(
      `${name.padEnd(slowest)}  ${ms(cold, 8)}  ${ms(warm, 11)}  ${ms(raw, 6)}  ${(raw / warm).toFixed(1).padStart(12)}`,
    );
  }
  const share = facts / (whole - facts);
  console.log(
    `\nA life of an incident is written in ${whole.toFixed(1)} ms (median), ${facts.toFixed(1)} ms of them keep facts: ${(100 * share).toFixed(1)} % more`,
  );
  const faults = [
    ...rows
      .filter(({ warm }) => warm > MOST_P95_MS)
      .map(({ name, warm }) => `${name}: ${warm.toFixed(0)} ms is more than ${MOST_P95_MS}`),
    ...rows
      .filter(({ warm, raw }) => raw / warm < LEAST_TIMES_FASTER)
      .map(
        ({ name, warm, raw }) =>
          `${name}: ${(raw / warm).toFixed(1)} times faster is less than ${LEAST_TIMES_FASTER}`,
      ),
    ...(share > MOST_WRITE_SHARE ? [`facts slow a write by ${(100 * share).toFixed(1)} %`] : []),
  ];
  console.log(
    faults.length === 0 ? "All within their marks." : `Beyond their marks:\n  ${faults.join("\n  ")}`,
  );
  return faults.length === 0 ? 0 : 1;
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

function ms(value: number, width: number): string {
  return value.toFixed(0).padStart(width);
}
