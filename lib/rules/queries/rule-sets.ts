import { and, asc, desc, eq, isNull, sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import { escalationPolicies } from "#db/schema/escalation";
import { priorities } from "#db/schema/incidents";
import { ruleHits, ruleSets, ruleSetVersions } from "#db/schema/rules";
import { ruleWebhooks } from "#db/schema/rule-webhooks";
import { integrations, services } from "#db/schema/services";
import { requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { AppError } from "#lib/errors";
import { completePath, EMPTY_PATH } from "#lib/rules/rule";
import type { RulePath, RuleSetKind } from "#lib/rules/rule";
import type { RulePlace } from "#lib/rules/schemas";

export type RuleVersionDto = { version: number; reason: string; publishedBy: string; at: string };

/** How often a rule matched within the last day and week. `shadow`: it was only watched. */
export type RuleHitsDto = { day: number; week: number; shadowWeek: number };

export type RuleSetDto = {
  /** Null: nothing was published yet. */
  id: string | null;
  version: number;
  path: RulePath;
  /** Newest first. */
  versions: RuleVersionDto[];
  /** By rule. */
  hits: Record<string, RuleHitsDto>;
};

const MOST_VERSIONS = 100;

/** The rules of a place as they are in force, their versions, and how often each rule matched. */
export async function getRuleSet(ctx: Context, place: RulePlace): Promise<RuleSetDto> {
  requirePermission(ctx.actor, "read");
  const [set] = await ctx.db.select().from(ruleSets).where(isAt(place));
  if (!set) return { id: null, version: 0, path: EMPTY_PATH, versions: [], hits: {} };
  const [versions, hits, path] = await Promise.all([
    ctx.db
      .select({
        version: ruleSetVersions.version,
        reason: ruleSetVersions.reason,
        publishedBy: ruleSetVersions.publishedByName,
        at: ruleSetVersions.createdAt,
      })
      .from(ruleSetVersions)
      .where(eq(ruleSetVersions.ruleSetId, set.id))
      .orderBy(desc(ruleSetVersions.version))
      .limit(MOST_VERSIONS),
    hitsOf(ctx, eq(ruleHits.ruleSetId, set.id)),
    getRulePath(ctx, set.id, set.version),
  ]);
  return {
    id: set.id,
    version: set.version,
    path: path ?? EMPTY_PATH,
    versions: versions.map(({ at, ...row }) => ({ ...row, at: at.toISOString() })),
    hits,
  };
}

/** The rules of one version; null: there is none. */
export async function getRulePath(ctx: Context, setId: string, version: number): Promise<RulePath | null> {
  requirePermission(ctx.actor, "read");
  const [row] = await ctx.db
    .select({ path: ruleSetVersions.path })
    .from(ruleSetVersions)
    .where(and(eq(ruleSetVersions.ruleSetId, setId), eq(ruleSetVersions.version, version)));
  return row ? completePath(row.path) : null;
}

function isAt({ kind, serviceId }: RulePlace): SQL | undefined {
  return and(
    eq(ruleSets.kind, kind),
    kind === "service" ? eq(ruleSets.serviceId, serviceId ?? "") : undefined,
  );
}

async function hitsOf(ctx: Context, which: SQL): Promise<Record<string, RuleHitsDto>> {
  const rows = await ctx.db
    .select({
      ruleId: ruleHits.ruleId,
      day: sql<number>`coalesce(sum(${ruleHits.hits}) filter (where ${ruleHits.hour} > now() - interval '1 day'), 0)::int`,
      week: sql<number>`sum(${ruleHits.hits})::int`,
      shadowWeek: sql<number>`sum(${ruleHits.shadowHits})::int`,
    })
    .from(ruleHits)
    .where(and(which, sql`${ruleHits.hour} > now() - interval '7 days'`))
    .groupBy(ruleHits.ruleId);
  return Object.fromEntries(rows.map(({ ruleId, ...counts }) => [ruleId, counts]));
}

/** Where a rule set is. Throws `not_found`. */
export async function findRuleSet(
  ctx: Context,
  setId: string,
): Promise<{ kind: RuleSetKind; slug: string | null }> {
  requirePermission(ctx.actor, "read");
  const [set] = await ctx.db
    .select({ kind: ruleSets.kind, slug: services.slug })
    .from(ruleSets)
    .leftJoin(services, eq(services.id, ruleSets.serviceId))
    .where(eq(ruleSets.id, setId));
  if (!set) throw new AppError("not_found", "There is no such rule set.");
  return set;
}

export type RuleSetRow = {
  id: string;
  kind: RuleSetKind;
  service: { name: string; slug: string } | null;
  version: number;
  rules: number;
  hitsWeek: number;
  at: string;
};

export type RoutedIntegrationDto = {
  id: string;
  name: string;
  isRouted: boolean;
  service: { name: string; slug: string };
};

/** All rule sets that were published, and every integration with whether rules choose the service of its events. */
export async function listRuleSets(
  ctx: Context,
): Promise<{ sets: RuleSetRow[]; integrations: RoutedIntegrationDto[] }> {
  requirePermission(ctx.actor, "read");
  const [rows, all] = await Promise.all([
    ctx.db
      .select({
        id: ruleSets.id,
        kind: ruleSets.kind,
        service: { name: services.name, slug: services.slug },
        version: ruleSets.version,
        rules: sql<number>`(
          select count(*)::int from rule_set_versions v,
            jsonb_array_elements(v.path -> 'sections') section, jsonb_array_elements(section -> 'rules')
          where v.rule_set_id = ${ruleSets.id} and v.version = ${ruleSets.version})`,
        hitsWeek: sql<number>`(
          select coalesce(sum(h.hits), 0)::int from rule_hits h
          where h.rule_set_id = ${ruleSets.id} and h.hour > now() - interval '7 days')`,
        at: ruleSets.updatedAt,
      })
      .from(ruleSets)
      .leftJoin(services, eq(services.id, ruleSets.serviceId))
      .where(isNull(services.deletedAt))
      .orderBy(asc(services.name)),
    ctx.db
      .select({
        id: integrations.id,
        name: integrations.name,
        isRouted: integrations.isRouted,
        service: { name: services.name, slug: services.slug },
      })
      .from(integrations)
      .innerJoin(services, eq(services.id, integrations.serviceId))
      .where(and(isNull(integrations.deletedAt), isNull(services.deletedAt)))
      .orderBy(asc(services.name), asc(integrations.name)),
  ]);
  return { sets: rows.map(({ at, ...row }) => ({ ...row, at: at.toISOString() })), integrations: all };
}

/** What rules can name, by name. */
export async function readRuleChoices(ctx: Context) {
  requirePermission(ctx.actor, "read");
  const [live, policies, ranked, webhooks] = await Promise.all([
    ctx.db
      .select({ id: services.id, name: services.name })
      .from(services)
      .where(isNull(services.deletedAt))
      .orderBy(asc(services.name)),
    ctx.db
      .select({ id: escalationPolicies.id, name: escalationPolicies.name })
      .from(escalationPolicies)
      .where(isNull(escalationPolicies.deletedAt))
      .orderBy(asc(escalationPolicies.name)),
    ctx.db
      .select({ id: priorities.id, name: priorities.name })
      .from(priorities)
      .orderBy(asc(priorities.rank)),
    ctx.db
      .select({ id: ruleWebhooks.id, name: ruleWebhooks.name })
      .from(ruleWebhooks)
      .orderBy(asc(ruleWebhooks.name)),
  ]);
  return { services: live, policies, priorities: ranked, webhooks };
}
