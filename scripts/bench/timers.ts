import { setTimeout as delay } from "node:timers/promises";
import pino from "pino";
import { startEngine } from "#lib/engine/engine";
import { runCoverageCheck } from "#lib/engine/modules/coverage-check";
import { runDeliver } from "#lib/engine/modules/deliver";
import { runHandBack } from "#lib/engine/modules/hand-back";
import { runPendingActions } from "#lib/engine/modules/pending-actions";
import { runShiftChange } from "#lib/engine/modules/shift-change";
import { createTemplate, createTestDatabase } from "#lib/testing/test-database";
import type { TestDatabase } from "#lib/testing/test-database";
import { makeOpenIncidents } from "#scripts/bench/open-incidents";
import { step } from "#scripts/setup/progress";
import { stopSignal } from "#scripts/setup/stop-signal";
import { startThrowAwayPostgres } from "#scripts/setup/throw-away-postgres";

export const TIMERS_USAGE = `npm run bench -- timers

Measures how late the engine executes escalations: 100,000 open incidents with timers, 1,000 of them due within one minute.`;

const OPEN = 100_000;
const DUE = 1000;
const SPREAD_SECONDS = 60;
/** Seconds until the first is due: the engine is awake and the tables are read by then. */
const LEAD_SECONDS = 10;
const PATIENCE_SECONDS = 60;
/** What it is held to, from the due instant to the committed page. */
const MOST_P99_MS = 5000;

/** Measures on a throw-away, durable database and prints the result; answers the exit code. */
export async function benchTimers(): Promise<number> {
  const signal = stopSignal();
  const cleanups: (() => Promise<void> | void)[] = [];
  try {
    const postgres = await step("Durable database", () => startThrowAwayPostgres({ durable: true }));
    cleanups.push(postgres.stop);
    const bench = await createTestDatabase(postgres.url(), await createTemplate(postgres.url()));
    cleanups.push(bench.drop);
    process.env.DATABASE_URL = bench.url;
    process.env.TOUCHLINE_SECRET ??= "a secret of the benchmark, 32 or longer";
    await step(`${OPEN} open incidents`, () => makeOpenIncidents(bench, OPEN));
    await recordCommits(bench);
    const engine = await startEngine({
      db: bench.db,
      log: pino({ level: "warn" }),
      modules: [runPendingActions, runDeliver, runHandBack, runShiftChange, runCoverageCheck],
    });
    cleanups.push(() => engine.stop());
    await step(`${DUE} timers due within a minute`, () => makeDue(bench));
    const late = await step("Escalations", () => waitForPages(bench, signal));
    return conclude(late);
  } finally {
    for (const cleanup of cleanups.toReversed()) await cleanup();
  }
}

/** Notes when each page is committed, not when its transaction began. */
async function recordCommits({ sql }: TestDatabase): Promise<void> {
  await sql`create table committed (incident_id text primary key, at timestamptz not null)`;
  await sql`
    create function note_commit() returns trigger language plpgsql as $$ begin
      insert into committed values (new.incident_id, clock_timestamp()) on conflict do nothing;
      return null;
    end $$`;
  await sql`
    create constraint trigger note_commit after insert on pages deferrable initially deferred
    for each row when (new.incident_id is not null) execute function note_commit()`;
}

async function makeDue({ sql }: TestDatabase): Promise<void> {
  await sql`create table due (incident_id text primary key, at timestamptz not null)`;
  await sql`
    insert into due
    select incident_id, now() + make_interval(secs => ${LEAD_SECONDS} + ${SPREAD_SECONDS}::float * row_number() over () / ${DUE})
    from (select incident_id from pending_actions where type = 'escalate' order by random() limit ${DUE}) as chosen`;
  await sql`
    update pending_actions p set at = d.at from due d where p.incident_id = d.incident_id and p.type = 'escalate'`;
  await sql`select pg_notify('touchline_engine', '')`;
}

/** Milliseconds from due to committed, sorted; those that were not paged in time are infinitely late. */
async function waitForPages({ sql }: TestDatabase, signal: AbortSignal): Promise<number[]> {
  const until = performance.now() + (LEAD_SECONDS + SPREAD_SECONDS + PATIENCE_SECONDS) * 1000;
  for (;;) {
    const [row] = await sql<{ paged: number }[]>`select count(*)::int as paged from committed`;
    if ((row?.paged ?? 0) >= DUE || performance.now() > until) break;
    await delay(1000, undefined, { signal });
  }
  const rows = await sql<{ ms: number | null }[]>`
    select (extract(epoch from c.at - d.at) * 1000)::float as ms
    from due d left join committed c using (incident_id)`;
  return rows.map(({ ms }) => ms ?? Number.POSITIVE_INFINITY).toSorted((a, b) => a - b);
}

function conclude(late: readonly number[]): number {
  const at = (share: number) => late[Math.min(late.length - 1, Math.floor(late.length * share))] ?? Infinity;
  const lost = late.filter((ms) => !Number.isFinite(ms)).length;
  const text = (ms: number) => `${Math.round(ms)} ms`;
  console.log(
    `\n${late.length} escalations among ${OPEN} open incidents, from due to committed page:` +
      `\n  p50 ${text(at(0.5))}, p90 ${text(at(0.9))}, p99 ${text(at(0.99))}, latest ${text(at(1))}, lost ${lost}`,
  );
  const isGood = lost === 0 && at(0.99) <= MOST_P99_MS;
  console.log(
    isGood
      ? `Held: p99 at most ${MOST_P99_MS} ms, none lost.`
      : `FAILED: p99 at most ${MOST_P99_MS} ms, none lost.`,
  );
  return isGood ? 0 : 1;
}
