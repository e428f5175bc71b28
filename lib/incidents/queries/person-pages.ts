import { sql } from "drizzle-orm";
import { requirePermission } from "#lib/context";
import type { Context } from "#lib/context";

const DAYS = 14;
const SHOWN = 10;

/** An incident that a person was paged about, or that went by a policy which could have reached them. */
export type PersonPageDto = {
  number: number;
  title: string;
  /** When the incident opened, ISO 8601. */
  at: string;
  /** When they were first paged about it, ISO 8601; null: never. */
  pagedAt: string | null;
};

/**
 * The latest incidents of two weeks about which somebody may ask why they were, or were not, paged: those that paged them, and those of
 * services whose policy names them or a schedule of theirs. Newest first, ten at most.
 */
export async function listPersonPages(
  ctx: Context,
  { userId }: { userId: string },
): Promise<PersonPageDto[]> {
  requirePermission(ctx.actor, "read");
  const since = sql`now() - make_interval(days => ${DAYS})`;
  return ctx.db.execute<PersonPageDto>(sql`
    with paged as (
      select incident_id, min(created_at) as at from pages
      where user_id = ${userId} and created_at > ${since} and incident_id is not null
        and reason in ('assigned', 'escalated', 'reassigned', 'unacknowledged', 'reopened', 'urgency_raised', 'fallback', 'handoff',
          'told', 'nobody_answered', 'requested')
      group by incident_id
    ), could as (
      select s.id from services s where s.escalation_policy_id in (
        select l.policy_id from escalation_levels l join escalation_targets t on t.level_id = l.id
        where t.user_id = ${userId} or t.schedule_id in (
          select v.schedule_id from schedule_layer_members m
          join schedule_layers y on y.id = m.layer_row_id
          join schedule_versions v on v.id = y.version_id and v.effective_to is null
          where m.user_id = ${userId}
        )
      )
    ), asked as (
      (select i.id from incidents i where i.id in (select incident_id from paged))
      union
      (select i.id from incidents i where i.service_id in (select id from could) and i.created_at > ${since}
        and i.origin <> 'import' order by i.created_at desc limit ${SHOWN})
    )
    select i.number, i.title, to_json(i.created_at) #>> '{}' as at, to_json(p.at) #>> '{}' as "pagedAt"
    from asked join incidents i on i.id = asked.id left join paged p on p.incident_id = i.id
    order by i.created_at desc, i.id desc
    limit ${SHOWN}`);
}
