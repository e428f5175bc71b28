import { sql } from "drizzle-orm";
import { inTransaction, requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { lockIncident } from "#lib/incidents/commands/lock-incidents";
import { saveChanges } from "#lib/incidents/commands/save-changes";
import { releasePending } from "#lib/incidents/commands/settle-answers";

/** People and policies that were asked to join. */
export type AskedTargets = { userIds: readonly string[]; policyIds: readonly string[] };

/**
 * Takes back what is asked of these, in whichever request, or of everybody (null); who has answered already is left as they are. Answers how
 * many of them were still asked.
 */
export async function cancelResponderRequests(
  ctx: Context,
  { incidentId, targets }: { incidentId: string; targets: AskedTargets | null },
): Promise<number> {
  requirePermission(ctx.actor, "incident.respond");
  return inTransaction(ctx, async (scope) => {
    const state = await lockIncident(scope.tx, incidentId);
    const isMeant = targets
      ? sql`(t.user_id = any(${sql.param([...targets.userIds])}::text[])
          or t.policy_snapshot ->> 'policyId' = any(${sql.param([...targets.policyIds])}::text[]))`
      : sql`true`;
    const asked = await scope.tx.execute<{ id: string }>(sql`
      select t.id from responder_request_targets t join responder_requests r on r.id = t.request_id
      where r.incident_id = ${incidentId} and r.cancelled_at is null and ${isMeant}
        and (t.state = 'asking'
          or exists (select from incident_responders p where p.target_id = t.id and p.state = 'pending'))`);
    if (asked.length === 0) return 0;
    const ids = sql`any(${sql.param(asked.map(({ id }) => id))}::text[])`;
    await scope.tx.execute(sql`
      update responder_request_targets set state = 'cancelled', next_at = null where id = ${ids} and state = 'asking'`);
    await scope.tx.execute(sql`
      update responder_requests r set cancelled_at = ${scope.now.toISOString()}::timestamptz
      where r.id in (select request_id from responder_request_targets where id = ${ids})
        and not exists (select from responder_request_targets t where t.request_id = r.id and t.state = 'asking')`);
    await releasePending(scope, incidentId, ids, "The request was taken back");
    const log = [{ type: "responder_cancel" as const, class: "people" as const }];
    await saveChanges(scope, [
      { state, change: { kind: "change", topic: "incident.responder_cancelled", patch: {}, log } },
    ]);
    return asked.length;
  });
}
