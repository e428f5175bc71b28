import type { Sql } from "#db/connect";
import { processInboxModule } from "#lib/engine/modules/process-inbox";
import type { InboxRow } from "#lib/events/commands/write-inbox";
import { writeInbox } from "#lib/events/commands/write-inbox";
import { createTemplate, createTestDatabase } from "#lib/testing/test-database";
import type { TestDatabase } from "#lib/testing/test-database";
import { makeIntegration, makePolicy, makeService, makeUser } from "#lib/testing/factories";
import { log } from "#lib/log";
import { step } from "#scripts/setup/progress";
import { startThrowAwayPostgres } from "#scripts/setup/throw-away-postgres";

export const STORED_EVENTS_USAGE = `npm run bench -- stored-events

Measures what an event costs to store and to process while the inbox holds ten thousand, then up to ten million processed events.`;

const SIZES = [10_000, 100_000, 1_000_000, 10_000_000];
const DAYS = 30;
const BATCHES = 40;
const BATCH = 250;
/** Open alerts that the events repeat; one in so many opens a new one. */
const OPEN_ALERTS = 400;
const ONE_NEW_IN = 50;
/** How much more an event may cost at the end than at the beginning. */
const MOST = 1.5;

type Cost = { stored: number; writeMs: number; processMs: number };

/** Measures on a throw-away, durable database and prints the curve; answers the exit code. */
export async function benchStoredEvents(): Promise<number> {
  const cleanups: (() => Promise<void> | void)[] = [];
  try {
    const postgres = await step("Durable database", () => startThrowAwayPostgres({ durable: true }));
    cleanups.push(postgres.stop);
    const database = await createTestDatabase(postgres.url(), await createTemplate(postgres.url()));
    cleanups.push(database.drop);
    process.env.DATABASE_URL = database.url;
    process.env.TOUCHLINE_SECRET ??= "a secret of the benchmark, 32 or longer";
    const integrationId = await makeSender(database);
    await step("Warm-up", () => measure(database, integrationId, "warm-up"));
    const costs: Cost[] = [];
    for (const size of SIZES) {
      await step(`${size} stored events`, () => fillUp(database.sql, integrationId, size));
      const cost = await step("Storing and processing", () => measure(database, integrationId, String(size)));
      costs.push({ stored: size, ...cost });
    }
    return conclude(costs);
  } finally {
    for (const cleanup of cleanups.toReversed()) await cleanup();
  }
}

async function makeSender({ db }: TestDatabase): Promise<string> {
  const user = await makeUser(db, { name: "Ann" });
  const policy = await makePolicy(db, { levels: [{ targets: [{ type: "user", id: user.id }] }] });
  const service = await makeService(db, { escalationPolicyId: policy.id });
  return (await makeIntegration(db, { serviceId: service.id })).id;
}

/** Processed events of the last days, evenly, each day in its partition; then what a running server would have vacuumed. */
async function fillUp(sql: Sql, integrationId: string, size: number): Promise<void> {
  await sql`select ensure_inbox_partitions((now() at time zone 'UTC')::date - ${DAYS}::int, ${DAYS + 2})`;
  await sql`
    insert into inbox (received_at, lane, integration_id, source, action, dedup_key, event, processed_at, outcome, trace)
    select at, n % 16, ${integrationId}, 'events_v2', 'trigger', 'old-' || n % 5000,
      '{"action":"trigger","summary":"[FIRING:1] HighErrorRate","source":"Alertmanager","severity":"critical","warnings":[]}'::json,
      at, 'count', '[{"step":"deduplicate","outcome":"counted again","because":"The alert is open already"}]'::jsonb
    from (
      select n, now() - interval '1 day' * (${DAYS}::int * random()) as at
      from generate_series((select count(*) from inbox) + 1, ${size}::bigint) as n
    ) as old`;
  await sql`vacuum analyze inbox`;
}

/** Milliseconds that one event costs to store and to process, over batches of mostly repetitions. */
async function measure(
  { db, sql }: TestDatabase,
  integrationId: string,
  name: string,
): Promise<Omit<Cost, "stored">> {
  const processInbox = processInboxModule();
  let [writeMs, processMs] = [0, 0];
  for (let batch = 0; batch < BATCHES; batch += 1) {
    const rows = Array.from({ length: BATCH }, (_, index) =>
      rowOf(integrationId, name, batch * BATCH + index),
    );
    const started = performance.now();
    await writeInbox(sql, [{ events: rows, unread: [], changes: [] }]);
    const written = performance.now();
    let left = true;
    while (left) {
      const { worked, nextAt } = await processInbox.run({ db, engineId: "bench", log: log() });
      left = worked > 0 && nextAt !== null;
    }
    writeMs += written - started;
    processMs += performance.now() - written;
  }
  const events = BATCHES * BATCH;
  return { writeMs: writeMs / events, processMs: processMs / events };
}

function rowOf(integrationId: string, name: string, number: number): InboxRow {
  const isNew = number % ONE_NEW_IN === 0;
  const dedupKey = isNew ? `${name}-${number}` : `known-${number % OPEN_ALERTS}`;
  const event = {
    action: "trigger",
    dedupKey,
    summary: `[FIRING:1] HighErrorRate ${dedupKey}`,
    source: "Alertmanager",
    severity: "critical",
    timestamp: null,
    component: "checkout",
    group: "production",
    class: "HighErrorRate",
    customDetails: { num_firing: "1" },
    links: [],
    images: [],
    client: "Alertmanager",
    clientUrl: null,
    warnings: [],
  };
  const json = JSON.stringify(event);
  return { integrationId, source: "events_v2", action: "trigger", dedupKey, json, raw: null, occurrences: 1 };
}

function conclude(costs: readonly Cost[]): number {
  const total = ({ writeMs, processMs }: Cost) => writeMs + processMs;
  const most = Math.max(...costs.map(total));
  console.log("\n  stored events   store    process  milliseconds an event");
  for (const cost of costs) {
    const bar = "█".repeat(Math.round((40 * total(cost)) / most));
    const numbers = [cost.writeMs, cost.processMs].map((ms) => ms.toFixed(3).padStart(8)).join(" ");
    console.log(`  ${String(cost.stored).padStart(13)} ${numbers}  ${bar} ${total(cost).toFixed(3)}`);
  }
  const [first, last] = [costs[0], costs.at(-1)];
  const ratio = first && last ? total(last) / total(first) : Number.NaN;
  const isGood = ratio <= MOST;
  console.log(
    `${isGood ? "✓" : "✗"} an event costs ${ratio.toFixed(2)} times as much at the end (held to ${MOST})`,
  );
  return isGood ? 0 : 1;
}
