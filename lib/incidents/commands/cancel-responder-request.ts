import { and, eq, isNull, sql } from "drizzle-orm";
import { responderRequests } from "#db/schema/responder-requests";
import { inTransaction, requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { AppError } from "#lib/errors";
import { lockIncident } from "#lib/incidents/commands/lock-incidents";
import { saveChanges } from "#lib/incidents/commands/save-changes";
import { releasePending } from "#lib/incidents/commands/settle-answers";

/** Takes a request back: nobody else is asked, and whoever has not answered need not. Throws `not_found`. */
export async function cancelResponderRequest(
  ctx: Context,
  input: { incidentId: string; requestId: string },
): Promise<void> {
  requirePermission(ctx.actor, "incident.respond");
  const { incidentId, requestId } = input;
  await inTransaction(ctx, async (scope) => {
    const state = await lockIncident(scope.tx, incidentId);
    const [request] = await scope.tx
      .update(responderRequests)
      .set({ cancelledAt: scope.now })
      .where(
        and(
          eq(responderRequests.id, requestId),
          eq(responderRequests.incidentId, incidentId),
          isNull(responderRequests.cancelledAt),
        ),
      )
      .returning({ id: responderRequests.id });
    if (!request) throw new AppError("not_found", "There is no such open request.");
    await scope.tx.execute(sql`
      update responder_request_targets set state = 'cancelled', next_at = null
      where request_id = ${requestId} and state = 'asking'`);
    const targets = sql`any(array(select id from responder_request_targets where request_id = ${requestId}))`;
    await releasePending(scope, incidentId, targets, "The request was taken back");
    const log = [{ type: "responder_cancel" as const, class: "people" as const }];
    await saveChanges(scope, [
      { state, change: { kind: "change", topic: "incident.responder_cancelled", patch: {}, log } },
    ]);
  });
}
