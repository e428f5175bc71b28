import { inArray, isNull, sql } from "drizzle-orm";
import { ruleCounts } from "#db/schema/rules";
import { integrations, services } from "#db/schema/services";
import type { RuleVerdict } from "#lib/alerts/verdict";
import type { Transaction, TransactionContext } from "#lib/context";
import type { NormalisedEvent } from "#lib/events/event";
import { countFor } from "#lib/rules/count";
import type { Counted } from "#lib/rules/count";
import type { Hit, JudgingSet, Surroundings } from "#lib/rules/evaluate";
import type { Sets } from "#lib/rules/judge";
import { judgeSafely } from "#lib/rules/judge-safely";
import { queueCalls } from "#lib/rules/commands/queue-calls";
import type { DueCall } from "#lib/rules/commands/queue-calls";
import { saveCache } from "#lib/rules/commands/save-cache";
import { loadCache } from "#lib/rules/queries/load-cache";
import { readingOf } from "#lib/rules/queries/read-paths";

/** An event of the inbox to be judged. */
type Incoming = {
  id: number;
  integrationId: string;
  dedupKey: string;
  event: NormalisedEvent;
  raw: unknown;
  receivedAt: Date;
  /** How many it stands for. */
  occurrences: number;
};

export type RoutedIntegration = { id: string; serviceId: string; isRouted: boolean };

/**
 * Judges a lane's events by the rules in force, in order, in a fixed number of statements; counts hits and thresholds. Nothing is
 * written anywhere else: what was decided is handed on.
 */
export async function applyRules(
  scope: TransactionContext,
  input: {
    lane: number;
    events: readonly Incoming[];
    sets: Sets;
    owners: ReadonlyMap<string, RoutedIntegration>;
  },
): Promise<Map<number, RuleVerdict>> {
  const { lane, events, sets, owners } = input;
  const used = setsInUse(sets, owners);
  const cache = await loadCache(scope.tx);
  if (used.length === 0 && cache === null) return new Map();
  const names = await loadServiceNames(scope.tx, used);
  const counts = await lockCounts(scope.tx, used);
  const hits = new Map<string, Hit & { count: number }>();
  const verdicts = new Map<number, RuleVerdict>();
  const calls: DueCall[] = [];
  for (const { id, integrationId, dedupKey, event, raw, receivedAt, occurrences } of events) {
    const owner = owners.get(integrationId);
    if (!owner) continue;
    const around: Surroundings = {
      reading: readingOf,
      observe: (serviceId, subject) => cache?.observe(serviceId, subject, occurrences) ?? null,
      findService: (by, value) => names.get(`${by} ${value.toLowerCase()}`) ?? null,
      exceeds(ruleId, threshold) {
        const before = counts.get(ruleId) ?? [];
        const { counted, exceeds } = countFor(before, threshold, receivedAt.getTime(), occurrences);
        counts.set(ruleId, counted);
        return exceeds;
      },
    };
    const { serviceId: ownServiceId, isRouted } = owner;
    const judged = judgeSafely(
      { event, dedupKey, raw, at: receivedAt, ownServiceId, isRouted },
      sets,
      around,
    );
    verdicts.set(id, judged.verdict);
    for (const hit of judged.hits) countHit(hits, hit);
    calls.push(...judged.calls.map((call) => ({ ...call, integrationId })));
  }
  await saveHits(scope.tx, lane, hits);
  await saveCounts(scope.tx, counts);
  if (cache !== null) await saveCache(scope.tx, lane, cache.entries);
  await queueCalls(scope, calls);
  return verdicts;
}

/** The integrations that a batch's events came by. */
export async function loadOwners(
  tx: Transaction,
  integrationIds: Iterable<string>,
): Promise<Map<string, RoutedIntegration>> {
  const rows = await tx
    .select({ id: integrations.id, serviceId: integrations.serviceId, isRouted: integrations.isRouted })
    .from(integrations)
    .where(inArray(integrations.id, [...new Set(integrationIds)]));
  return new Map(rows.map((row) => [row.id, row]));
}

function setsInUse(sets: Sets, owners: ReadonlyMap<string, RoutedIntegration>): JudgingSet[] {
  const all = [...owners.values()];
  const routed = all.some(({ isRouted }) => isRouted);
  // Any service's set may come after the router.
  const forRouted = routed ? [sets.global, sets.router, sets.unrouted, ...sets.ofServices] : [];
  const own = all.map(({ serviceId }) => sets.ofService(serviceId));
  return [...new Set([...forRouted, ...own])].filter((set) => set !== null);
}

/** Live services by what rules route by; asked only where rules do. */
async function loadServiceNames(tx: Transaction, used: readonly JudgingSet[]): Promise<Map<string, string>> {
  const routes = used.some((set) =>
    set.sections.some(({ rules }) =>
      rules.some(({ rule: { actions } }) => actions.routeTo !== null || actions.dynamicRoute !== null),
    ),
  );
  if (!routes && used.every(({ catchAll }) => catchAll.routeTo === null)) return new Map();
  const rows = await tx
    .select({ id: services.id, name: services.name })
    .from(services)
    .where(isNull(services.deletedAt));
  return new Map(
    rows.flatMap(({ id, name }) => [
      [`id ${id.toLowerCase()}`, id],
      [`name ${name.toLowerCase()}`, id],
    ]),
  );
}

/** What thresholds have counted, each locked until this batch is done, in the order of their rules' ids. */
async function lockCounts(tx: Transaction, used: readonly JudgingSet[]): Promise<Map<string, Counted>> {
  const ids = used
    .flatMap(({ sections }) => sections.flatMap(({ rules }) => rules))
    .flatMap(({ rule }) => (rule.threshold === null || rule.disabled ? [] : [rule.id]));
  if (ids.length === 0) return new Map();
  await tx.execute(sql`
    insert into rule_counts (rule_id, counted)
    select id, '[]' from unnest(${sql.param(ids.toSorted())}::text[]) as id order by id
    on conflict do nothing`);
  const rows = await tx
    .select()
    .from(ruleCounts)
    .where(inArray(ruleCounts.ruleId, ids))
    .orderBy(ruleCounts.ruleId)
    .for("update");
  return new Map(rows.map(({ ruleId, counted }) => [ruleId, counted]));
}

async function saveCounts(tx: Transaction, counts: ReadonlyMap<string, Counted>): Promise<void> {
  if (counts.size === 0) return;
  const rows = [...counts].map(([rule_id, counted]) => ({ rule_id, counted }));
  await tx.execute(sql`
    update rule_counts set counted = fresh.counted
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as fresh (rule_id text, counted jsonb)
    where rule_counts.rule_id = fresh.rule_id`);
}

function countHit(hits: Map<string, Hit & { count: number }>, hit: Hit): void {
  const key = `${hit.setId} ${hit.ruleId} ${hit.shadow}`;
  hits.set(key, { ...hit, count: (hits.get(key)?.count ?? 0) + 1 });
}

async function saveHits(
  tx: Transaction,
  lane: number,
  hits: ReadonlyMap<string, Hit & { count: number }>,
): Promise<void> {
  if (hits.size === 0) return;
  const rows = [...hits.values()].map(({ setId, ruleId, shadow, count }) => ({
    set_id: setId,
    rule_id: ruleId,
    hits: shadow ? 0 : count,
    shadow_hits: shadow ? count : 0,
  }));
  await tx.execute(sql`
    insert into rule_hits (rule_set_id, rule_id, hour, lane, hits, shadow_hits)
    select set_id, rule_id, date_trunc('hour', now()), ${lane}, sum(hits), sum(shadow_hits)
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as fresh (set_id text, rule_id text, hits integer, shadow_hits integer)
    group by set_id, rule_id
    order by set_id, rule_id
    on conflict (rule_set_id, rule_id, hour, lane) do update set
      hits = rule_hits.hits + excluded.hits, shadow_hits = rule_hits.shadow_hits + excluded.shadow_hits`);
}
