import { sql } from "drizzle-orm";
import { readNow, requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { loadDuties } from "#lib/escalation/queries/duties";
import { hasPermission } from "#lib/people/permissions";
import { loadReadiness } from "#lib/people/queries/readiness";
import { READINESS_STATES } from "#lib/people/readiness";
import type { Role } from "#lib/people/roles";
import { list } from "#lib/reports/queries/metric-conditions";

type Row = { id: string; role: Role; push: boolean; phone: boolean; rules: boolean };

/** How far people are set up to be paged, by the names of the analytics interface; of some teams only where they are named. */
export async function readUserMetrics(
  ctx: Context,
  teamIds: readonly string[],
): Promise<Record<string, number>> {
  requirePermission(ctx.actor, "read");
  const inTeams =
    teamIds.length === 0
      ? sql`true`
      : sql`u.id in (select user_id from team_members where team_id = any(${list(teamIds)}))`;
  const has = (channels: readonly string[]) =>
    sql`exists (select from contact_methods c where c.user_id = u.id and c.enabled and c.channel = any(${list(channels)}))`;
  const rows = await ctx.db.execute<Row>(sql`
    select u.id, u.role, ${has(["push", "ntfy", "pushover"])} as push,
      ${has(["sms", "phone"])} as phone,
      exists (select from notification_rules r where r.user_id = u.id and r.urgency = 'high') as rules
    from users u where u.deactivated_at is null and ${inTeams}`);
  const [readiness, duties] = await Promise.all([
    loadReadiness(
      ctx.db,
      rows.map(({ id }) => id),
    ),
    readNow(ctx.db).then((now) => loadDuties(ctx.db, now)),
  ]);
  const responders = rows.filter(({ role }) => hasPermission(role, "incident.respond"));
  const count = (of: (row: Row) => boolean) => responders.filter(of).length;
  return {
    total_users: rows.length,
    total_responders: responders.length,
    total_users_with_push: count(({ push }) => push),
    total_users_with_phone: count(({ phone }) => phone),
    total_users_with_high_urgency_rules: count(({ rules }) => rules),
    total_users_on_call: count(({ id }) => (duties.get(id)?.length ?? 0) > 0),
    ...Object.fromEntries(
      READINESS_STATES.map((state) => [
        `total_users_${state}`,
        count(({ id }) => readiness.get(id)?.state === state),
      ]),
    ),
  };
}
