import { getTableColumns, sql } from "drizzle-orm";
import { insertMany } from "#db/insert-many";
import { problems, problemSuggestions } from "#db/schema/problems";
import { inTransaction } from "#lib/context";
import type { Context, TransactionContext } from "#lib/context";
import { newId } from "#lib/ids";
import { publish } from "#lib/outbox";
import { gatherIncidents } from "#lib/problems/commands/gather-incidents";
import { LONGEST_DAYS, readClusters } from "#lib/problems/queries/clusters";
import type { CountedCluster } from "#lib/problems/queries/clusters";
import { readGameTime } from "#lib/problems/queries/game-hours";
import { isOpen } from "#lib/problems/problem";
import { BASELINE_WINDOWS, findRecurrences, WINDOWS } from "#lib/problems/recurrence";
import type { Recurrence, WindowHours } from "#lib/problems/recurrence";
import { stateAfterFinding } from "#lib/problems/suggestion";
import { DAY } from "#lib/time/calendar";

// Any constant will do; one engine looks at a time.
const LOCK = 7_243_012;

type Found = Recurrence & Pick<CountedCluster, "kind" | "serviceId" | "label">;

/**
 * Looks for kinds of incidents that recur more than before, proposes them, and gathers the incidents of open problems. What was decided
 * stays decided unless it grows; what was proposed and stands out no more fades. Answers how many proposals are open.
 */
export async function detectRecurrences(ctx: Context): Promise<number> {
  return inTransaction(ctx, detect);
}

/** The same, if the last time was a day ago or more by the database's clock; claimed in the transaction that looks. */
export async function detectDaily(ctx: Context): Promise<number> {
  return inTransaction(ctx, async (scope) => {
    const claimed = await scope.tx.execute(sql`
      insert into settings (key, value, updated_at) values ('recurrences_looked_at', to_jsonb(now()), now())
      on conflict (key) do update set value = excluded.value, updated_at = excluded.updated_at
      where settings.updated_at <= now() - interval '1 day'
      returning 1`);
    return claimed.length > 0 ? detect(scope) : 0;
  });
}

async function detect(scope: TransactionContext): Promise<number> {
  await scope.tx.execute(sql`select pg_advisory_xact_lock(${LOCK})`);
  await gatherIncidents(scope);
  const found = await findNow(scope);
  const open = await save(scope, found);
  await publish(scope, { topic: "problem.suggestions", entityType: "problem", entityId: "suggestions" });
  return open;
}

async function findNow({ tx, now }: TransactionContext): Promise<Found[]> {
  const [oldest] = await tx.execute<{ at: string | null }>(sql`
    select extract(epoch from min(created_at)) * 1000 as at from incident_facts
    where created_at >= now() - make_interval(days => ${LONGEST_DAYS})`);
  const end = now.getTime();
  const start = Math.max(end - LONGEST_DAYS * DAY, Number(oldest?.at ?? end));
  if (start >= end) return [];
  const games = await readGameTime({ tx }, new Date(start), now);
  const hours = WINDOWS.map((windowDays): WindowHours => {
    const from = end - windowDays * DAY;
    const before = Math.max(start, from - BASELINE_WINDOWS * windowDays * DAY);
    return { windowDays, observed: games.hoursIn(from, end), baseline: games.hoursIn(before, from) };
  });
  const { clusters, tests } = await readClusters(tx);
  const identities = new Map(clusters.map((cluster) => [cluster.key, cluster]));
  return findRecurrences(clusters, hours, games.multiplier, tests).flatMap((recurrence) => {
    const identity = identities.get(recurrence.key);
    return identity
      ? [{ ...recurrence, kind: identity.kind, serviceId: identity.serviceId, label: identity.label }]
      : [];
  });
}

async function save(scope: TransactionContext, found: readonly Found[]): Promise<number> {
  const { tx, now } = scope;
  const [known, tracked] = await Promise.all([
    tx.select().from(problemSuggestions).for("update"),
    trackedKeys(scope),
  ]);
  const byKey = new Map(known.map((row) => [keyOf(row), row]));
  const rows = found.flatMap((recurrence) => {
    const before = byKey.get(keyOf(recurrence)) ?? null;
    const state = stateAfterFinding(before, recurrence.observed, tracked.has(keyOf(recurrence)));
    return state === null ? [] : [rowOf(recurrence, before, state, now)];
  });
  const there = new Set(rows.map(keyOf));
  const faded = known
    .filter((row) => row.state === "open" && !there.has(keyOf(row)))
    .map((row) => ({ ...row, state: "faded" as const }));
  await insertMany(
    tx,
    problemSuggestions,
    rows.filter((row) => !byKey.has(keyOf(row))),
  );
  await updateAll(scope, [...rows.filter((row) => byKey.has(keyOf(row))), ...faded]);
  return rows.filter(({ state }) => state === "open").length;
}

type Suggestion = typeof problemSuggestions.$inferSelect;

async function updateAll({ tx }: TransactionContext, rows: readonly Suggestion[]): Promise<void> {
  if (rows.length === 0) return;
  const columns = Object.entries(getTableColumns(problemSuggestions));
  const named = rows.map((row) =>
    Object.fromEntries(columns.map(([key, { name }]) => [name, Reflect.get(row, key) as unknown])),
  );
  const set = sql.raw(columns.map(([, { name }]) => `"${name}" = v."${name}"`).join(", "));
  await tx.execute(sql`
    update problem_suggestions s set ${set}
    from jsonb_populate_recordset(null::problem_suggestions, ${JSON.stringify(named)}::jsonb) v where v.id = s.id`);
}

function rowOf(
  recurrence: Found,
  before: Suggestion | null,
  state: Suggestion["state"],
  now: Date,
): Suggestion {
  const { kind, serviceId, label, windowDays, observed, expected, ratio, p, q } = recurrence;
  const decided = state === "open" ? NOT_DECIDED : decisionOf(before);
  return {
    id: before?.id ?? newId(now.getTime()),
    kind,
    serviceId,
    label,
    windowDays,
    observed,
    expected,
    ratio,
    p,
    q,
    state,
    foundAt: now,
    firstFoundAt: before?.firstFoundAt ?? now,
    ...decided,
    problemId: before?.problemId ?? null,
  };
}

const NOT_DECIDED = { decidedAt: null, decidedBy: null, dismissedCount: null, dismissReason: null };

function decisionOf(before: Suggestion | null) {
  if (!before) return NOT_DECIDED;
  const { decidedAt, decidedBy, dismissedCount, dismissReason } = before;
  return { decidedAt, decidedBy, dismissedCount, dismissReason };
}

/** What open problems gather. */
async function trackedKeys({ tx }: TransactionContext): Promise<Set<string>> {
  const rows = await tx
    .select({
      state: problems.state,
      serviceId: problems.serviceId,
      template: problems.template,
      feature: problems.feature,
    })
    .from(problems);
  return new Set(
    rows
      .filter(({ state }) => isOpen(state))
      .flatMap(({ serviceId, template, feature }) => [
        ...(template === null
          ? []
          : [keyOf({ kind: "template", serviceId: serviceId ?? "", label: template })]),
        ...(feature === null ? [] : [keyOf({ kind: "feature", serviceId: "", label: feature })]),
      ]),
  );
}

function keyOf({ kind, serviceId, label }: { kind: string; serviceId: string; label: string }): string {
  return JSON.stringify([kind, serviceId, label]);
}
