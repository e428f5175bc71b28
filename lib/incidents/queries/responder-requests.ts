import { asc, eq, inArray } from "drizzle-orm";
import { users } from "#db/schema/people";
import {
  incidentResponders,
  responderRequests,
  responderRequestTargets,
} from "#db/schema/responder-requests";
import { requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import type { ResponderRequestDto } from "#lib/incidents/schemas";

/** Everybody who was asked to join an incident and what they answered, oldest request first. */
export async function listResponderRequests(
  ctx: Context,
  incidentId: string,
): Promise<ResponderRequestDto[]> {
  requirePermission(ctx.actor, "read");
  const [requests, targets, responders] = await Promise.all([
    ctx.db
      .select()
      .from(responderRequests)
      .where(eq(responderRequests.incidentId, incidentId))
      .orderBy(asc(responderRequests.createdAt), asc(responderRequests.id)),
    ctx.db
      .select({ target: responderRequestTargets, user: { id: users.id, name: users.name } })
      .from(responderRequestTargets)
      .leftJoin(users, eq(users.id, responderRequestTargets.userId))
      .where(
        inArray(
          responderRequestTargets.requestId,
          ctx.db
            .select({ id: responderRequests.id })
            .from(responderRequests)
            .where(eq(responderRequests.incidentId, incidentId)),
        ),
      )
      .orderBy(asc(responderRequestTargets.id)),
    ctx.db
      .select({ responder: incidentResponders, user: { id: users.id, name: users.name } })
      .from(incidentResponders)
      .innerJoin(users, eq(users.id, incidentResponders.userId))
      .where(eq(incidentResponders.incidentId, incidentId))
      .orderBy(asc(incidentResponders.askedAt), asc(incidentResponders.id)),
  ]);
  const respondersOf = Map.groupBy(responders, ({ responder }) => responder.targetId);
  const targetsOf = Map.groupBy(targets, ({ target }) => target.requestId);
  return requests.map((request) => ({
    id: request.id,
    requester: { id: request.requesterId, name: request.requesterName },
    message: request.message,
    createdAt: request.createdAt.toISOString(),
    cancelledAt: request.cancelledAt?.toISOString() ?? null,
    targets: (targetsOf.get(request.id) ?? []).map(({ target, user }) => ({
      id: target.id,
      user,
      policy: target.policySnapshot && {
        id: target.policySnapshot.policyId,
        name: target.policySnapshot.name,
      },
      state: target.state,
      nextAt: target.nextAt?.toISOString() ?? null,
      responders: (respondersOf.get(target.id) ?? []).map(({ responder, user: person }) => ({
        user: person,
        state: responder.state,
        askedAt: responder.askedAt.toISOString(),
        answeredAt: responder.answeredAt?.toISOString() ?? null,
      })),
    })),
  }));
}
