import { heartbeats } from "#db/schema/heartbeats";
import { inTransaction, requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { heartbeatInputSchema } from "#lib/heartbeats/schemas";
import type { HeartbeatInput } from "#lib/heartbeats/schemas";
import { parseInput } from "#lib/parse-input";
import { insertIntegration } from "#lib/services/commands/create-integration";

/** Gives a service something that is expected to report in. Nothing is missed before its first signal. */
export async function createHeartbeat(
  ctx: Context,
  input: HeartbeatInput,
): Promise<{ id: string; key: string }> {
  requirePermission(ctx.actor, "configure");
  const { serviceId, name, everySeconds, graceSeconds, severity } = parseInput(heartbeatInputSchema, input);
  return inTransaction(ctx, async (scope) => {
    const made = await insertIntegration(
      scope,
      { serviceId, name, type: "heartbeat_inbound_integration" },
      { everySeconds, graceSeconds, severity },
    );
    await scope.tx
      .insert(heartbeats)
      .values({ integrationId: made.id, everySeconds, graceSeconds, severity });
    return made;
  });
}
