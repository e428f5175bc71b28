import { sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import type { Transaction } from "#lib/context";
import type { Columns } from "#lib/reports/columns";
import type { Range } from "#lib/reports/period";
import { packed, unpack } from "#lib/reports/queries/packings";
import type { PackedRows, Packing } from "#lib/reports/queries/packings";
import { DAY } from "#lib/time/calendar";

// Bytes of columns that a process keeps, whatever they are of.
const MOST_KEPT = 48 * 2 ** 20;
// So many days are sent at once.
const DAYS_AT_ONCE = 128;

/** Columns by the version of their day, which no other content has; the ones used longest ago go first. */
type Kept = { days: Map<string, { columns: Columns<string, string>; bytes: number }>; bytes: number };

const shared = globalThis as typeof globalThis & { touchlineColumns?: Kept };

/** It lives on globalThis since Next keeps several copies of a module in one process. */
function memory(): Kept {
  shared.touchlineColumns ??= { days: new Map(), bytes: 0 };
  return shared.touchlineColumns;
}

/**
 * The rows of a table within a range of instants, as columns: from packed days whose rows have not changed since they were packed, in parts that
 * may hold more than was asked for, and from the rows themselves for all other days, of those only the ones that `where` is true of. Call it in
 * a snapshot.
 */
export async function readColumns<N extends string, W extends string>(
  tx: Transaction,
  packing: Packing<N, W>,
  range: Range,
  where: SQL,
): Promise<{ whole: Columns<N, W>[]; chosen: Columns<N, W> }> {
  const days = await readDays(tx, packing, range);
  const [whole, chosen] = await Promise.all([
    readPacked(tx, packing, days),
    readPlain(tx, packing, spansWithout(range, days), where),
  ]);
  return { whole, chosen };
}

/** The same without packed days, for conditions that columns can't answer. */
export async function readPlain<N extends string, W extends string>(
  tx: Transaction,
  packing: Packing<N, W>,
  spans: readonly Range[],
  where: SQL,
): Promise<Columns<N, W>> {
  const { table, at } = packing;
  const [first] = spans;
  const within = (start: SQL, end: SQL) => sql`
    from ${sql.raw(table)} where ${sql.identifier(at)} >= ${start} and ${sql.identifier(at)} < ${end} and ${where}`;
  const iso = (instant: number) => new Date(instant).toISOString();
  const from =
    spans.length <= 1
      ? within(sql`${iso(first?.start ?? 0)}::timestamptz`, sql`${iso(first?.end ?? 0)}::timestamptz`)
      : sql`
        from unnest(${sql.param(spans.map(({ start }) => iso(start)))}::text[]::timestamptz[], ${sql.param(spans.map(({ end }) => iso(end)))}::text[]::timestamptz[])
          as span(starts_at, ends_at)
        cross join lateral (select * ${within(sql`span.starts_at`, sql`span.ends_at`)}) r`;
  return readFrom(tx, packing, from);
}

/** Whatever rows a `from (…) r` has that have the columns of the table. */
export async function readFrom<N extends string, W extends string>(
  tx: Transaction,
  packing: Packing<N, W>,
  from: SQL,
): Promise<Columns<N, W>> {
  const [row] = await tx.execute<PackedRows>(packed(packing, from));
  if (!row) throw new Error("An aggregate always has a row.");
  return unpack(packing, row);
}

type Day = { day: number; version: string };

async function readDays(tx: Transaction, { kind, format }: Packing, range: Range): Promise<Day[]> {
  const rows = await tx.execute<Day>(sql`
    select p.day - date '1970-01-01' as day, p.version
    from packed_days p
    where p.kind = ${kind} and p.format = ${format}
      and p.day >= ${dayOf(range.start)}::date and p.day <= ${dayOf(range.end - 1)}::date
      and not exists (select from changed_days c where c.kind = p.kind and c.day = p.day)
    order by p.day`);
  return [...rows];
}

function dayOf(instant: number): string {
  return new Date(instant).toISOString().slice(0, 10);
}

/** What of a range no day covers, neighbouring days together. */
function spansWithout(range: Range, days: readonly Day[]): Range[] {
  const spans: Range[] = [];
  let start = range.start;
  for (const { day } of days) {
    if (day * DAY > start) spans.push({ start, end: day * DAY });
    start = Math.max(start, (day + 1) * DAY);
  }
  if (start < range.end) spans.push({ start, end: range.end });
  return spans;
}

async function readPacked<N extends string, W extends string>(
  tx: Transaction,
  packing: Packing<N, W>,
  days: readonly Day[],
): Promise<Columns<N, W>[]> {
  const found = new Map(days.flatMap(({ version }) => recall<N, W>(version)));
  const missing = days.filter(({ version }) => !found.has(version));
  for (let first = 0; first < missing.length; first += DAYS_AT_ONCE) {
    const wanted = missing.slice(first, first + DAYS_AT_ONCE).map(({ day }) => dayOf(day * DAY));
    const rows = await tx.execute<PackedRows & { version: string }>(sql`
      select version, count, numbers, words from packed_days
      where kind = ${packing.kind} and day = any(${sql.param(wanted)}::text[]::date[])`);
    for (const row of rows) {
      const columns = unpack(packing, row);
      found.set(row.version, columns);
      keep(row.version, columns);
    }
  }
  return days.flatMap(({ version }) => found.get(version) ?? []);
}

function recall<N extends string, W extends string>(version: string): [string, Columns<N, W>][] {
  const { days } = memory();
  const entry = days.get(version);
  if (!entry) return [];
  days.delete(version);
  days.set(version, entry);
  return [[version, entry.columns as Columns<N, W>]];
}

function keep(version: string, columns: Columns<string, string>): void {
  const bytes = Object.values<number | Float64Array | Int32Array>(columns).reduce<number>(
    (sum, column) => sum + (typeof column === "number" ? 0 : column.byteLength),
    0,
  );
  const kept = memory();
  forget(kept, version);
  kept.days.set(version, { columns, bytes });
  kept.bytes += bytes;
  for (const oldest of kept.days.keys()) {
    if (kept.bytes <= MOST_KEPT) return;
    forget(kept, oldest);
  }
}

function forget(kept: Kept, version: string): void {
  kept.bytes -= kept.days.get(version)?.bytes ?? 0;
  kept.days.delete(version);
}
