import { eq } from "drizzle-orm";
import { services } from "#db/schema/services";
import { inTransaction, requirePermission } from "#lib/context";
import type { Context, TransactionContext } from "#lib/context";
import { AppError } from "#lib/errors";
import { snapshotPolicy } from "#lib/escalation/queries/snapshot-policies";
import { refusal, whoOf } from "#lib/incidents/commands/change-incidents";
import { refuseOpenKey } from "#lib/incidents/commands/refuse-open-key";
import { lockOnCallFacts } from "#lib/incidents/commands/load-on-call";
import { lockIncident } from "#lib/incidents/commands/lock-incidents";
import { saveChanges } from "#lib/incidents/commands/save-changes";
import { reopen } from "#lib/incidents/resolve";

export type ReopenInput = { incidentId: string; acknowledged?: boolean; because?: string | null };

/** Opens a resolved incident again: paging from the top of its service's policy of today, or acknowledged by the actor. */
export async function reopenIncident(ctx: Context, input: ReopenInput): Promise<void> {
  requirePermission(ctx.actor, "incident.respond");
  await refuseOpenKey(() => inTransaction(ctx, (scope) => reopenInScope(scope, input)));
}

async function reopenInScope(scope: TransactionContext, input: ReopenInput): Promise<void> {
  const state = await lockIncident(scope.tx, input.incidentId);
  const [service] = await scope.tx
    .select({ policyId: services.escalationPolicyId })
    .from(services)
    .where(eq(services.id, state.serviceId));
  if (!service) throw new AppError("not_found", "Its service is gone.", { wireCode: 5002 });
  const policy = await snapshotPolicy(scope.tx, service.policyId);
  const facts = await lockOnCallFacts(scope, [policy]);
  const change = reopen(state, whoOf(scope), scope.now, {
    policy,
    facts,
    acknowledged: input.acknowledged ?? false,
    because: input.because ?? null,
  });
  if (change.kind === "refused") throw refusal(change.because);
  await saveChanges(scope, [{ state, change }]);
}
