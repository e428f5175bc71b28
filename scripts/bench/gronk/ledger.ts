import type { Sql } from "#db/connect";

export type Ledger = {
  /** Events that the inbox holds, and how each of them ended. */
  stored: number;
  outcomes: Record<string, number>;
  unprocessed: number;
  setAside: number;
};

/** Accounts for every event that was stored. A row may stand for several that said the same. */
export async function readLedger(sql: Sql): Promise<Ledger> {
  const rows = await sql<{ outcome: string | null; events: number }[]>`
    select outcome, sum(occurrences)::int as events from inbox group by outcome order by events desc`;
  const [errors] = await sql<{ n: number }[]>`select count(*)::int as n from intake_errors`;
  const outcomes = Object.fromEntries(rows.map(({ outcome, events }) => [outcome ?? "not yet", events]));
  return {
    stored: rows.reduce((sum, { events }) => sum + events, 0),
    outcomes,
    unprocessed: outcomes["not yet"] ?? 0,
    setAside: errors?.n ?? 0,
  };
}

/** Notes when each page is committed, not when its transaction began. */
export async function recordPageCommits(sql: Sql): Promise<void> {
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

export type Lateness = { n: number; p50: number; p99: number; max: number; unpaged: number };

/** Milliseconds from the receipt of the event that opened an incident to its committed page, for events of a stretch of time. */
export async function readLateness(sql: Sql, from: Date, to: Date): Promise<Lateness> {
  const [row] = await sql<Lateness[]>`
    select count(*)::int as n,
      count(*) filter (where ms is null)::int as unpaged,
      coalesce(percentile_cont(0.5) within group (order by ms), 'NaN')::float as p50,
      coalesce(percentile_cont(0.99) within group (order by ms), 'NaN')::float as p99,
      coalesce(max(ms), 'NaN')::float as max
    from (
      select distinct on (i.incident_id) extract(epoch from c.at - i.received_at) * 1000 as ms, i.received_at
      from inbox i left join committed c on c.incident_id = i.incident_id
      where i.outcome = 'create' and i.incident_id is not null
      order by i.incident_id, i.id
    ) as opened
    where received_at >= ${from.toISOString()} and received_at < ${to.toISOString()}`;
  return row ?? { n: 0, p50: Number.NaN, p99: Number.NaN, max: Number.NaN, unpaged: 0 };
}
