import { inTransaction, requirePermission } from "#lib/context";
import type { Context, TransactionContext } from "#lib/context";
import { AppError } from "#lib/errors";
import { acknowledge } from "#lib/incidents/acknowledge";
import { escalate, unacknowledge } from "#lib/incidents/assign";
import { changeInScope, whoOf } from "#lib/incidents/commands/change-incidents";
import type { Decide } from "#lib/incidents/commands/change-incidents";
import { refuseOpenKey } from "#lib/incidents/commands/refuse-open-key";
import { lockIncidents } from "#lib/incidents/commands/lock-incidents";
import { reassignInScope } from "#lib/incidents/commands/reassign";
import type { ReassignInput } from "#lib/incidents/commands/reassign";
import { updateInScope } from "#lib/incidents/commands/update";
import type { UpdateInput } from "#lib/incidents/commands/update";
import { resolve } from "#lib/incidents/resolve";
import type { IncidentStatus } from "#lib/incidents/vocabulary";

const MOST_AT_ONCE = 250;

export type IncidentRequest = Pick<
  UpdateInput,
  "incidentId" | "title" | "priorityId" | "serviceId" | "urgency"
> & {
  status?: IncidentStatus;
  resolution?: string | null;
  escalationLevel?: number;
  to?: ReassignInput["to"];
};

/**
 * Applies several wishes to several incidents, all or nothing: fields first, then who has it, then its status. Throws the first
 * refusal, and `too_large` beyond 250 incidents.
 */
export async function applyUpdates(ctx: Context, requests: readonly IncidentRequest[]): Promise<void> {
  requirePermission(ctx.actor, "incident.respond");
  if (requests.length > MOST_AT_ONCE) {
    throw new AppError("too_large", `At most ${MOST_AT_ONCE} incidents can be changed at once.`);
  }
  await refuseOpenKey(() => inTransaction(ctx, (scope) => applyInScope(scope, requests)));
}

async function applyInScope(scope: TransactionContext, requests: readonly IncidentRequest[]): Promise<void> {
  // All of them at first, in the one order that everybody keeps: two such requests can't wait for each other.
  await lockIncidents(
    scope.tx,
    requests.map(({ incidentId }) => incidentId),
  );
  for (const request of requests.filter(hasFields)) await updateInScope(scope, request);
  for (const group of groupBy(requests, ({ to }) => to)) {
    await reassignInScope(scope, { incidentIds: group.incidentIds, to: group.wish }, { allOrNothing: true });
  }
  for (const group of groupBy(requests, ({ escalationLevel }) => escalationLevel)) {
    const how = { kind: "manual" as const, level: group.wish };
    await decideAll(scope, group.incidentIds, (state, facts) => escalate(state, facts, scope.now, how));
  }
  for (const group of groupBy(requests, statusWish)) {
    await decideAll(scope, group.incidentIds, decideStatus(group.wish));
  }
}

function hasFields({ title, priorityId, serviceId, urgency }: IncidentRequest): boolean {
  return [title, priorityId, serviceId, urgency].some((value) => value !== undefined);
}

type StatusWish = { status: IncidentStatus; resolution: string | null };

function statusWish({ status, resolution }: IncidentRequest): StatusWish | undefined {
  return status && { status, resolution: status === "resolved" ? (resolution ?? null) : null };
}

function decideStatus({ status, resolution }: StatusWish): Decide {
  return (state, facts, scope) => {
    switch (status) {
      case "acknowledged":
        return acknowledge(state, whoOf(scope), scope.now);
      case "resolved":
        return resolve(state, whoOf(scope), scope.now, { resolution, via: "person" });
      case "triggered":
        return unacknowledge(state, facts, scope.now, "manual");
    }
  };
}

async function decideAll(scope: TransactionContext, incidentIds: string[], decide: Decide): Promise<void> {
  await changeInScope(scope, incidentIds, decide, { allOrNothing: true, onCall: true });
}

/** Incidents with equal wishes, so that each wish is carried out once for all of them. */
function groupBy<T>(
  requests: readonly IncidentRequest[],
  wishOf: (request: IncidentRequest) => T | undefined,
): { wish: T; incidentIds: string[] }[] {
  const groups = new Map<string, { wish: T; incidentIds: string[] }>();
  for (const request of requests) {
    const wish = wishOf(request);
    if (wish === undefined) continue;
    const key = JSON.stringify(wish);
    const group = groups.get(key) ?? { wish, incidentIds: [] };
    group.incidentIds.push(request.incidentId);
    groups.set(key, group);
  }
  return [...groups.values()];
}
