import { sql } from "drizzle-orm";
import type { RuleEffect } from "#lib/reports/noise-report";
import type { NoiseScope } from "#lib/reports/queries/noise-scope";
import { actionWords } from "#lib/rules/draft";
import type { Rule, RulePath, RuleSetKind } from "#lib/rules/rule";
import { setName } from "#lib/rules/set-name";

type SetRow = {
  id: string;
  kind: RuleSetKind;
  version: number;
  service: string | null;
  path: RulePath;
  hits: Record<string, { hits: number; shadow: number }> | null;
};

/** Every rule in force with how often it matched in the range, most first; those of the services in the filter, where it names some. */
export async function readRuleEffects({ tx, population, range }: NoiseScope): Promise<RuleEffect[]> {
  const named = sql.param([...population.service]);
  const sets = await tx.execute<SetRow>(sql`
    select s.id, s.kind, s.version, v.name as service, p.path, (
      select jsonb_object_agg(h.rule_id, jsonb_build_object('hits', h.hits, 'shadow', h.shadow)) from (
        select rule_id, sum(hits) as hits, sum(shadow_hits) as shadow from rule_hits
        where rule_set_id = s.id and hour >= ${new Date(range.start).toISOString()}::timestamptz
          and hour < ${new Date(range.end).toISOString()}::timestamptz
        group by rule_id
      ) h
    ) as hits
    from rule_sets s
    join rule_set_versions p on p.rule_set_id = s.id and p.version = s.version
    left join services v on v.id = s.service_id
    where v.deleted_at is null and (cardinality(${named}::text[]) = 0 or s.service_id = any(${named}::text[]))`);
  const names = await readNames({ tx });
  return sets.flatMap((set) => effectsOf(set, names)).toSorted(byHits);
}

/** How many events rules dropped in the range before they became alerts, whatever their service. */
export async function readDropped({ tx, range }: Pick<NoiseScope, "tx" | "range">): Promise<number> {
  const [row] = await tx.execute<{ dropped: number }>(sql`
    select coalesce(sum(h.hits), 0)::float8 as dropped
    from rule_hits h
    where h.hour >= ${new Date(range.start).toISOString()}::timestamptz
      and h.hour < ${new Date(range.end).toISOString()}::timestamptz
      and exists (
        select from rule_set_versions p, jsonb_array_elements(p.path -> 'sections') section,
          jsonb_array_elements(section -> 'rules') rule
        where p.rule_set_id = h.rule_set_id and rule ->> 'id' = h.rule_id and (rule #>> '{actions,drop}')::boolean
      )`);
  return row?.dropped ?? 0;
}

/** What rules name by id. */
async function readNames({ tx }: Pick<NoiseScope, "tx">): Promise<Map<string, string>> {
  const rows = await tx.execute<{ id: string; name: string }>(sql`
    select id, name from services where deleted_at is null
    union all select id, name from priorities
    union all select id, name from escalation_policies where deleted_at is null`);
  return new Map(rows.map(({ id, name }) => [id, name]));
}

function effectsOf(set: SetRow, names: ReadonlyMap<string, string>): RuleEffect[] {
  return set.path.sections
    .flatMap(({ rules }) => rules)
    .map((rule) => ({
      setId: set.id,
      ruleId: rule.id,
      label: rule.label,
      set: setName(set.kind, set.service),
      version: set.version,
      does: actionWords(rule.actions, names),
      state: stateOf(rule),
      hits: set.hits?.[rule.id]?.hits ?? 0,
      shadowHits: set.hits?.[rule.id]?.shadow ?? 0,
    }));
}

function stateOf({ disabled, shadow }: Rule): RuleEffect["state"] {
  if (disabled) return "off";
  return shadow ? "watched" : "on";
}

function byHits(a: RuleEffect, b: RuleEffect): number {
  return b.hits + b.shadowHits - (a.hits + a.shadowHits) || a.label.localeCompare(b.label, "en");
}
