import { connect } from "#db/connect";
import type { Database } from "#db/connect";
import { loadScheduleFacts, onCallNow } from "#lib/on-call/queries/schedule-facts";
import { renderSchedule } from "#lib/on-call/render";
import { resolveSchedule, whoIsOnCall } from "#lib/on-call/resolve";
import { createTemplate, createTestDatabase } from "#lib/testing/test-database";
import { DAY } from "#lib/time/calendar";
import { benchLayer, makeBenchSchedules } from "#scripts/bench/schedules";
import { step } from "#scripts/setup/progress";
import { startThrowAwayPostgres } from "#scripts/setup/throw-away-postgres";

export const ON_CALL_USAGE = `npm run bench -- on-call

Measures "who is on call" for 500 schedules of 10 layers against merely reading their rows, and young layers against old ones.`;

const SHAPE = { schedules: 500, layers: 10 };
const ROUNDS = 60;
/** What it is held to: milliseconds for a whole pass, and what ten years may cost more than a day. */
const MOST_MS = 50;
const MOST_TIMES_OLDER = 1.5;
const MOST_HOURLY_MS = 200;
const MOST_YEAR_MS = 50;

type Measured = { first: number; median: number; p99: number };

/** Measures on a throw-away database and prints the result; answers the exit code. */
export async function benchOnCall(): Promise<number> {
  const postgres = await step("Database", () => startThrowAwayPostgres({ durable: false }));
  const cleanups: (() => Promise<void> | void)[] = [postgres.stop];
  try {
    const template = await createTemplate(postgres.url());
    const database = await createTestDatabase(postgres.url(), template);
    cleanups.push(database.drop);
    const db = connect(database.url);
    cleanups.push(() => db.$client.end());
    const now = new Date("2026-06-10T12:34:56Z");
    const [young, old] = await step("Twice 500 schedules of 10 layers", async () => [
      await makeBenchSchedules(db, { ...SHAPE, now, startedAt: new Date(now.getTime() - DAY) }),
      await makeBenchSchedules(db, { ...SHAPE, now, startedAt: new Date(now.getTime() - 3652 * DAY) }),
    ]);
    await db.$client.unsafe("analyze");
    return report(await measureAll(db, young, old, now));
  } finally {
    for (const cleanup of cleanups.toReversed()) await cleanup();
  }
}

async function measureAll(db: Database, young: readonly string[], old: readonly string[], now: Date) {
  const window = { start: now, end: new Date(now.getTime() + 1) };
  const facts = {
    young: [...(await loadScheduleFacts(db, young, window)).values()],
    old: [...(await loadScheduleFacts(db, old, window)).values()],
  };
  const whole = await measure(() => onCallNow(db, old, now));
  const rows = await measure(() => readRows(db, old));
  const answers = {
    young: await measure(() => facts.young.map((of) => whoIsOnCall(of, now))),
    old: await measure(() => facts.old.map((of) => whoIsOnCall(of, now))),
    drawn: await measure(() => facts.old.map((of) => resolveSchedule(of, window))),
  };
  return { whole, rows, answers, drawings: await measureDrawings(now) };
}

/** Case 109: a quarter of a layer that changes every hour, and a year of one that changes every week. */
async function measureDrawings(now: Date) {
  const drawn = (unit: "hour" | "week", days: number) => {
    const layer = benchLayer({ unit, length: 1, advance: "clock" }, now);
    const versions = [
      {
        definition: { timeZone: "Europe/Berlin", layers: [layer] },
        effectiveFrom: layer.startsAt,
        effectiveTo: null,
      },
    ];
    const facts = { timeZone: "Europe/Berlin", versions, overrides: [] };
    const window = { start: now, end: new Date(now.getTime() + days * DAY) };
    return measure(() => renderSchedule(facts, window));
  };
  return { quarter: await drawn("hour", 91), year: await drawn("week", 366) };
}

/** The yardstick: what the answer rests on, read as rows and nothing done with them. */
async function readRows(db: Database, scheduleIds: readonly string[]): Promise<unknown> {
  const ids = [...scheduleIds];
  return Promise.all([
    db.$client`
      select l.* from schedule_layers l join schedule_versions v on v.id = l.version_id
      where v.schedule_id in ${db.$client(ids)} and v.effective_to is null`,
    db.$client`
      select m.* from schedule_layer_members m join schedule_layers l on l.id = m.layer_row_id
      join schedule_versions v on v.id = l.version_id where v.schedule_id in ${db.$client(ids)} and v.effective_to is null`,
    db.$client`select * from schedule_overrides where schedule_id in ${db.$client(ids)}`,
  ]);
}

async function measure(work: () => unknown): Promise<Measured> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const began = performance.now();
    await work();
    times.push(performance.now() - began);
  }
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
  return { first: times[0] ?? 0, median: at(0.5), p99: at(0.99) };
}

function report({ whole, rows, answers, drawings }: Awaited<ReturnType<typeof measureAll>>): number {
  const line = (name: string, { first, median, p99 }: Measured) =>
    console.log(`${name.padEnd(58)} median ${ms(median)}   p99 ${ms(p99)}   first ${ms(first)}`);
  line("Who is on call, 500 schedules of 10 layers, whole pass", whole);
  line("The same rows merely read (yardstick)", rows);
  line("Answering alone, layers ten years old", answers.old);
  line("Answering alone, layers a day old", answers.young);
  line("The same by drawing the instant", answers.drawn);
  line("Drawing a quarter of a layer that changes every hour", drawings.quarter);
  line("Drawing a year of a layer that changes every week", drawings.year);
  const share = whole.median / rows.median;
  const older = answers.old.median / answers.young.median;
  console.log(`\nA whole pass takes ${share.toFixed(2)} times the reading of its rows.`);
  console.log(`Ten years old costs ${older.toFixed(2)} times a day old (held to ${MOST_TIMES_OLDER}).`);
  const isDrawn = drawings.quarter.median < MOST_HOURLY_MS && drawings.year.median < MOST_YEAR_MS;
  const isHeld = whole.median < MOST_MS && older < MOST_TIMES_OLDER && isDrawn;
  console.log(`${isHeld ? "Held" : "NOT held"}: a whole pass in ${ms(whole.median)} of ${MOST_MS} ms.`);
  return isHeld ? 0 : 1;
}

function ms(value: number): string {
  return `${value.toFixed(1)} ms`.padStart(9);
}
