import { and, eq, isNull } from "drizzle-orm";
import { heartbeats } from "#db/schema/heartbeats";
import { integrations } from "#db/schema/services";
import type { Transaction } from "#lib/context";
import { AppError } from "#lib/errors";
import type { HeartbeatPlan, HeartbeatState } from "#lib/heartbeats/heartbeat";

/** Reads and locks a heartbeat of a live integration. Throws `not_found`. */
export async function lockHeartbeat(
  tx: Transaction,
  integrationId: string,
): Promise<{ plan: HeartbeatPlan; state: HeartbeatState; serviceId: string }> {
  const [found] = await tx
    .select({ heartbeat: heartbeats, name: integrations.name, serviceId: integrations.serviceId })
    .from(heartbeats)
    .innerJoin(integrations, eq(integrations.id, heartbeats.integrationId))
    .where(and(eq(heartbeats.integrationId, integrationId), isNull(integrations.deletedAt)))
    .for("update", { of: heartbeats });
  if (!found) throw new AppError("not_found", "There is no such heartbeat.", { wireCode: 2100 });
  return { ...readHeartbeat(found), serviceId: found.serviceId };
}

/** A heartbeat's row as the plan and the state that decisions are made from. */
export function readHeartbeat(row: { heartbeat: typeof heartbeats.$inferSelect; name: string }): {
  plan: HeartbeatPlan;
  state: HeartbeatState;
} {
  const { integrationId, everySeconds, graceSeconds, severity, lastBeatAt, dueAt, isLate } = row.heartbeat;
  return {
    plan: { id: integrationId, name: row.name, everySeconds, graceSeconds, severity },
    state: { lastBeatAt, dueAt, isLate },
  };
}
