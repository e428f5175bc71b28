import { and, inArray, sql } from "drizzle-orm";
import { ruleSetVersions } from "#db/schema/rules";
import type { ruleSets } from "#db/schema/rules";
import type { Database } from "#db/connect";
import type { Transaction } from "#lib/context";
import type { JudgingSet } from "#lib/rules/evaluate";
import type { Sets } from "#lib/rules/judge";
import { compileSet } from "#lib/rules/queries/compile-set";
import { completePath } from "#lib/rules/rule";
import { setName } from "#lib/rules/set-name";

/** Which rule sets there are, in the versions in force. */
export type RuleSetHead = Pick<
  typeof ruleSets.$inferSelect,
  "id" | "kind" | "serviceId" | "version" | "rekeys"
> & {
  serviceName: string | null;
};

const MOST = 1000;
/** By set and version, which never changes. Next keeps several copies of a module in one process; each may keep its own. */
const compiled = new Map<string, JudgingSet>();

/**
 * The heads of all rule sets that may matter: those for routed events, and those of services; and whether cache variables take what events
 * say (`isWatched`), which they do without any rule too.
 */
export async function loadHeads(
  db: Transaction | Database,
): Promise<{ heads: RuleSetHead[]; isWatched: boolean }> {
  const rows = await db.execute<{ head: RuleSetHead | null; isWatched: boolean }>(sql`
    select exists (select from cache_variables where not disabled and kind <> 'external_data') as "isWatched",
      case when s.id is not null then jsonb_build_object('id', s.id, 'kind', s.kind, 'serviceId', s.service_id, 'version', s.version,
        'rekeys', s.rekeys, 'serviceName', v.name) end as head
    from (select) once
    left join rule_sets s on true
    left join services v on v.id = s.service_id`);
  return { heads: rows.flatMap(({ head }) => head ?? []), isWatched: rows[0]?.isWatched ?? false };
}

/** The rule sets ready to judge; each version is read and compiled once a process. */
export async function loadSets(tx: Transaction | Database, heads: readonly RuleSetHead[]): Promise<Sets> {
  const missing = heads.filter((head) => !compiled.has(keyOf(head)));
  if (missing.length > 0) {
    const wanted = sql.join(
      missing.map(({ id, version }) => sql`(${id}, ${version}::int)`),
      sql`, `,
    );
    const rows = await tx
      .select()
      .from(ruleSetVersions)
      .where(
        and(
          inArray(ruleSetVersions.ruleSetId, [...new Set(missing.map(({ id }) => id))]),
          sql`(${ruleSetVersions.ruleSetId}, ${ruleSetVersions.version}) in (${wanted})`,
        ),
      );
    if (compiled.size + rows.length > MOST) compiled.clear();
    const byId = new Map(heads.map((head) => [head.id, head]));
    for (const { ruleSetId, version, path } of rows) {
      const head = byId.get(ruleSetId);
      if (!head) continue;
      const ref = { id: ruleSetId, kind: head.kind, name: setName(head.kind, head.serviceName), version };
      compiled.set(keyOf(head), compileSet(ref, completePath(path)).judging);
    }
  }
  const byPlace = new Map(
    heads.map((head) => [head.serviceId ?? head.kind, compiled.get(keyOf(head)) ?? null]),
  );
  return {
    global: byPlace.get("global") ?? null,
    router: byPlace.get("router") ?? null,
    unrouted: byPlace.get("unrouted") ?? null,
    ofService: (serviceId) => byPlace.get(serviceId) ?? null,
    ofServices: heads.flatMap((head) => (head.kind === "service" ? (compiled.get(keyOf(head)) ?? []) : [])),
  };
}

function keyOf({ id, version }: RuleSetHead): string {
  return `${id} ${version}`;
}
