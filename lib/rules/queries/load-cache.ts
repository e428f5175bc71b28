import { sql } from "drizzle-orm";
import type { Database } from "#db/connect";
import { evaluate } from "#lib/cel/evaluate";
import { newCompiler } from "#lib/cel/expression";
import type { Compiler, Expression } from "#lib/cel/expression";
import { toFact } from "#lib/cel/facts";
import type { Transaction } from "#lib/context";
import { cacheValueAt, stretchOf, withCount, withValue } from "#lib/rules/cache-variable";
import type { CacheState, CacheValue, CacheVariable } from "#lib/rules/cache-variable";
import { celOf } from "#lib/rules/condition";
import type { CacheValues, Subject } from "#lib/rules/evaluate";
import { readingOf } from "#lib/rules/queries/read-paths";
import { wireEvent } from "#lib/rules/wire-event";

/** A variable and what it holds while a batch is judged. */
export type CacheEntry = {
  variable: CacheVariable;
  state: CacheState;
  /** Whether events of the batch said another value. */
  isNew: boolean;
  /** What events of the batch added, by stretch. */
  added: Map<number, number>;
};

/** The cache variables as they are when a batch begins, and as its events make them. */
export type Cache = {
  entries: readonly CacheEntry[];
  /** Lets the variables of all events (null), or of a service, see an event that stands for so many; answers what they hold then. */
  observe(serviceId: string | null, subject: Subject, times: number): CacheValues;
  /** What they hold at an instant, in epoch milliseconds. */
  valuesAt(serviceId: string | null, at: number): CacheValues;
};

type Row = Omit<CacheVariable, "when"> & {
  condition: CacheVariable["when"];
  disabled: boolean;
  /** Value, instant and end, in epoch milliseconds. */
  latest: [CacheValue, number, number | null] | null;
  counts: [number, number][] | null;
};

/** Reads all variables that are on; null: there are none. */
export async function loadCache(db: Transaction | Database): Promise<Cache | null> {
  const rows = (await loadRows(db)).filter(({ disabled }) => !disabled);
  return rows.length === 0 ? null : newCache(rows);
}

/** What every variable holds, by its id. */
export async function loadCacheStates(db: Database): Promise<Map<string, CacheState>> {
  return new Map((await loadRows(db)).map((row) => [row.id, stateOf(row)]));
}

async function loadRows(db: Transaction | Database): Promise<Row[]> {
  const ms = (column: string) => sql.raw(`(extract(epoch from ${column}) * 1000)::bigint`);
  return db.execute<Row>(sql`
    select v.id, v.name, v.service_id as "serviceId", v.version, v.kind, v.condition, v.path, v.pattern,
      v.ttl_seconds as "ttlSeconds", v.data_type as "dataType", v.disabled,
      (select jsonb_build_array(c.value, ${ms("c.at")}, ${ms("c.expires_at")}) from cache_values c
        where c.variable_id = v.id order by c.at desc, c.lane limit 1) as latest,
      (select jsonb_agg(jsonb_build_array(${ms("n.stretch")}, n.count)) from (
        select stretch, sum(count) as count from cache_counts
        where variable_id = v.id and stretch > now() - make_interval(secs => v.ttl_seconds)
        group by stretch) n) as counts
    from cache_variables v
    order by v.name, v.id`);
}

function stateOf({ latest, counts }: Row): CacheState {
  return {
    latest: latest && { value: latest[0], at: latest[1], expiresAt: latest[2] },
    counts: new Map(counts),
  };
}

function newCache(rows: readonly Row[]): Cache {
  const entries = rows.map((row): CacheEntry & Compiled => {
    const variable = { ...row, when: row.condition };
    return { variable, state: stateOf(row), isNew: false, added: new Map(), ...compiledOf(variable) };
  });
  const valuesAt = (serviceId: string | null, at: number): CacheValues =>
    Object.fromEntries(
      entries.flatMap(({ variable, state }) =>
        variable.serviceId === serviceId ? [[variable.name, cacheValueAt(variable, state, at)]] : [],
      ),
    );
  return {
    entries,
    valuesAt,
    observe(serviceId, subject, times) {
      for (const entry of entries)
        if (entry.variable.serviceId === serviceId && sees(entry, subject)) take(entry, subject, times);
      return valuesAt(serviceId, subject.at.getTime());
    },
  };
}

function sees({ variable, compiler, expression }: CacheEntry & Compiled, subject: Subject): boolean {
  if (variable.kind === "external_data") return false;
  if (variable.kind === "trigger_event_count" && subject.event.action !== "trigger") return false;
  if (expression === "always") return true;
  if (expression === "never") return false;
  const roots = { event: toFact(wireEvent(subject)), raw: toFact(subject.raw) };
  const result = evaluate(expression, compiler.read(roots, subject.at));
  return "value" in result && result.value === true;
}

function take(entry: CacheEntry, subject: Subject, times: number): void {
  const { variable, state } = entry;
  const at = subject.at.getTime();
  const { path, pattern, ttlSeconds } = variable;
  if (variable.kind === "trigger_event_count") {
    const stretch = stretchOf(ttlSeconds ?? 0, at);
    entry.added.set(stretch, (entry.added.get(stretch) ?? 0) + times);
    entry.state = withCount(state, stretch, times);
    return;
  }
  const value = readingOf(subject).extract(path ?? "", pattern ?? "");
  if (value === null || (ttlSeconds === null && state.latest?.value === value)) return;
  const next = withValue(state, value.slice(0, MOST_CHARACTERS), at, ttlSeconds);
  entry.isNew ||= next !== state;
  entry.state = next;
}

const MOST_CHARACTERS = 1024;
const MOST = 1000;
type Compiled = { compiler: Compiler; expression: Expression | "always" | "never" };
/** By variable and version: each is compiled once a process. */
const compiled = new Map<string, Compiled>();

/** A condition that can't be understood sees nothing; saving refuses those. */
function compiledOf(variable: CacheVariable): Compiled {
  const key = `${variable.id} ${variable.version}`;
  const known = compiled.get(key);
  if (known) return known;
  const compiler = newCompiler(["event", "raw"]);
  const source = celOf(variable.when);
  const result = source === null ? null : compiler.compile(source);
  const expression = result === null ? "always" : "error" in result ? "never" : result.expression;
  if (compiled.size >= MOST) compiled.clear();
  compiled.set(key, { compiler, expression });
  return { compiler, expression };
}
