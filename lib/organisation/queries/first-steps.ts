import { sql } from "drizzle-orm";
import type { Context } from "#lib/context";
import { FIRST_STEPS } from "#lib/organisation/first-steps";
import type { FirstStep, FirstSteps } from "#lib/organisation/first-steps";
import { hasPermission } from "#lib/people/permissions";
import { isPageable } from "#lib/people/queries/pageable";
import { loadReadiness } from "#lib/people/queries/readiness";

type Row = Record<Exclude<FirstStep, "reach">, boolean> & {
  young: boolean;
  serviceSlug: string | null;
  policySlug: string | null;
};

/**
 * What a new organisation lacks until its monitors wake the right person. Null for those who can't change that, once nothing is missing,
 * and a month after the first person came.
 */
export async function readFirstSteps(ctx: Context): Promise<FirstSteps | null> {
  const { id, role } = ctx.actor;
  if (id === null || !hasPermission(role, "configure")) return null;
  const [row] = await ctx.db.execute<Row>(sql`
    select coalesce((select min(created_at) > now() - interval '30 days' from users), false) as young,
      exists (select from integrations where deleted_at is null and last_event_at is not null) as monitor,
      (select count(*) > 1 from users where ${isPageable()}) as people,
      exists (select from schedules where deleted_at is null) as schedule,
      exists (
        select from services s
        join escalation_levels l on l.policy_id = s.escalation_policy_id
        join escalation_targets t on t.level_id = l.id
        where s.deleted_at is null and t.type = 'schedule'
      ) as policy,
      (select slug from services where deleted_at is null order by created_at desc, id desc limit 1) as "serviceSlug",
      (
        select p.slug from escalation_policies p join services s on s.escalation_policy_id = p.id
        where p.deleted_at is null and s.deleted_at is null order by s.created_at desc, s.id desc limit 1
      ) as "policySlug"`);
  if (!row?.young) return null;
  const isReady = (await loadReadiness(ctx.db, [id])).get(id)?.state === "ready";
  const done = FIRST_STEPS.filter((step) => (step === "reach" ? isReady : row[step]));
  const { serviceSlug, policySlug, monitor, people, schedule, policy } = row;
  return monitor && people && schedule && policy ? null : { done, serviceSlug, policySlug };
}
