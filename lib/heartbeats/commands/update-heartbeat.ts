import { eq, sql } from "drizzle-orm";
import { heartbeats } from "#db/schema/heartbeats";
import { integrations } from "#db/schema/services";
import { changedFields } from "#lib/changed-fields";
import { audit, inTransaction, requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { lockHeartbeat } from "#lib/heartbeats/commands/lock-heartbeat";
import { underPlan } from "#lib/heartbeats/heartbeat";
import { heartbeatUpdateSchema } from "#lib/heartbeats/schemas";
import type { HeartbeatUpdate } from "#lib/heartbeats/schemas";
import { publish } from "#lib/outbox";
import { parseInput } from "#lib/parse-input";

/** Changes what is expected of a heartbeat; one that is late stays so until it reports. Throws `not_found`. */
export async function updateHeartbeat(ctx: Context, input: HeartbeatUpdate): Promise<void> {
  requirePermission(ctx.actor, "configure");
  const { heartbeatId, ...given } = parseInput(heartbeatUpdateSchema, input);
  await inTransaction(ctx, async (scope) => {
    const { plan, state, serviceId } = await lockHeartbeat(scope.tx, heartbeatId);
    const { before, after, isChanged } = changedFields(plan, given);
    if (!isChanged) return;
    const next = { ...plan, ...after };
    const { everySeconds, graceSeconds, severity } = next;
    await scope.tx
      .update(heartbeats)
      .set({ everySeconds, graceSeconds, severity, ...underPlan(next, state) })
      .where(eq(heartbeats.integrationId, heartbeatId));
    await scope.tx.update(integrations).set({ name: next.name }).where(eq(integrations.id, heartbeatId));
    await audit(scope, {
      action: "update",
      objectType: "integration",
      objectId: heartbeatId,
      objectName: next.name,
      before,
      after,
    });
    await publish(scope, { topic: "integration.updated", entityType: "service", entityId: serviceId });
    await scope.tx.execute(sql`select pg_notify('touchline_engine', 'heartbeats')`);
  });
}
