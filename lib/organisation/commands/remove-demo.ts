import { sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import { audit, inTransaction, requirePermission } from "#lib/context";
import type { Context, Transaction, TransactionContext } from "#lib/context";
import { AppError } from "#lib/errors";
import { publish } from "#lib/outbox";

export type RemovedDemo = { incidents: number; services: number; people: number; kept: string[] };

/**
 * Removes the demo organisation: everything marked as demo and every incident on a demo service, in one transaction. The owner and
 * the API keys stay. Demo people whom real history names are deactivated instead (`kept`). Throws `conflict`, naming each one, while
 * something real would page nobody without a demo person, schedule or policy.
 */
export async function removeDemo(ctx: Context): Promise<RemovedDemo> {
  requirePermission(ctx.actor, "organisation.manage");
  return inTransaction(ctx, async (scope) => {
    await refuseIfNeeded(scope.tx);
    const incidents = await removeHistory(scope.tx);
    const services = await removeConfiguration(scope.tx);
    const { people, kept } = await removePeople(scope.tx);
    const removed = { incidents, services, people, kept };
    await tell(scope, removed);
    return removed;
  });
}

/** What real configuration still needs of the demo. */
async function refuseIfNeeded(tx: Transaction): Promise<void> {
  const rows = await tx.execute<{ kind: string; name: string }>(sql`
    select 'service' as kind, s.name from services s join escalation_policies p on p.id = s.escalation_policy_id
      where not s.is_demo and s.deleted_at is null and p.is_demo
    union
    select 'escalation policy', p.name from escalation_policies p
      left join escalation_levels l on l.policy_id = p.id
      left join escalation_targets t on t.level_id = l.id
      left join users u on u.id in (t.user_id, p.fallback_user_id)
      left join schedules c on c.id = t.schedule_id
      where not p.is_demo and p.deleted_at is null and (u.is_demo or c.is_demo)
    union
    select 'schedule', c.name from schedules c
      join schedule_versions v on v.schedule_id = c.id and v.effective_to is null
      join schedule_layers l on l.version_id = v.id
      join schedule_layer_members m on m.layer_row_id = l.id
      join users u on u.id = m.user_id
      where not c.is_demo and c.deleted_at is null and u.is_demo
    union
    select 'setting', 'catch-all person' from settings s join users u on u.id = s.value #>> '{}'
      where s.key = 'catch_all_user_id' and u.is_demo
    order by 1, 2`);
  if (rows.length === 0) return;
  throw new AppError("conflict", "Something of yours relies on the demo: point it elsewhere first.", {
    fields: rows.map(({ kind, name }) => ({ field: kind, message: `${name} relies on demo data` })),
  });
}

async function removeHistory(tx: Transaction): Promise<number> {
  await tx.execute(sql`delete from corrective_actions where is_demo`);
  await tx.execute(sql`delete from problems where is_demo`);
  // What is still waiting to be looked at would find no integration any more.
  await tx.execute(sql`
    delete from inbox where integration_id in (
      select g.id from integrations g join services s on s.id = g.service_id where g.is_demo or s.is_demo)`);
  await tx.execute(sql`
    delete from alerts where is_demo or service_id in (select id from services where is_demo)`);
  const removed = await deleted(
    tx,
    sql`delete from incidents where origin = 'demo' or service_id in (select id from services where is_demo)`,
  );
  await tx.execute(sql`
    delete from pages where incident_id is null and user_id in (select id from users where is_demo)`);
  return removed;
}

async function removeConfiguration(tx: Transaction): Promise<number> {
  const services = await deleted(tx, sql`delete from services where is_demo`);
  // What was proposed on history that is gone; the features of what is left are looked for again.
  await tx.execute(sql`
    delete from problem_suggestions where kind = 'feature' or service_id not in (select id from services)`);
  await tx.execute(sql`delete from integrations where is_demo`);
  await tx.execute(sql`delete from escalation_policies where is_demo`);
  await tx.execute(sql`delete from schedules where is_demo`);
  // What no layer follows any more, now or in the past.
  await tx.execute(sql`
    delete from calendars where id not in (select calendar_id from schedule_layers where calendar_id is not null)`);
  await tx.execute(sql`delete from teams where is_demo`);
  await tx.execute(sql`delete from game_days where is_demo`);
  await tx.execute(sql`delete from service_level_policies where is_demo`);
  return services;
}

async function removePeople(tx: Transaction): Promise<{ people: number; kept: string[] }> {
  const named = sql`
    select user_id from incident_assignments union select user_id from incident_acknowledgements
    union select user_id from pages union select user_id from deliveries
    union select user_id from schedule_layer_members union select user_id from schedule_overrides
    union select replaces_user_id from schedule_overrides where replaces_user_id is not null
    union select user_id from calendar_spans where user_id is not null
    union select user_id from escalation_targets where user_id is not null`;
  const people = await deleted(tx, sql`delete from users where is_demo and id not in (${named})`);
  const kept = await tx.execute<{ name: string }>(sql`
    update users set is_demo = false, deactivated_at = coalesce(deactivated_at, now()), updated_at = now(),
      session_version = session_version + 1
    where is_demo returning name`);
  return { people, kept: kept.map(({ name }) => name) };
}

async function deleted(tx: Transaction, statement: SQL): Promise<number> {
  const [row] = await tx.execute<{ count: number }>(
    sql`with gone as (${statement} returning 1) select count(*)::int as count from gone`,
  );
  return row?.count ?? 0;
}

async function tell(scope: TransactionContext, removed: RemovedDemo): Promise<void> {
  await audit(scope, {
    action: "demo.removed",
    objectType: "organisation",
    objectId: null,
    objectName: "Demo organisation",
    after: removed,
  });
  await publish(scope, { topic: "demo.removed", entityType: "organisation", entityId: "demo" });
}
