import { and, asc, eq } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import { heartbeats } from "#db/schema/heartbeats";
import { integrations, services } from "#db/schema/services";
import type { Severity } from "#lib/alerts/vocabulary";
import { requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { AppError } from "#lib/errors";
import { LIVE_HEARTBEAT } from "#lib/heartbeats/commands/tell-late";
import { hasPermission } from "#lib/people/permissions";

export type HeartbeatDto = {
  /** Its integration's. */
  id: string;
  serviceId: string;
  serviceName: string;
  name: string;
  everySeconds: number;
  graceSeconds: number;
  severity: Severity;
  lastBeatAt: string | null;
  /** When it will be late; null: it never reported, or it is late. */
  lateAt: string | null;
  isLate: boolean;
  /** Null for those who may only look. */
  key: string | null;
};

/** The heartbeats of a service, or of all, by name. */
export async function listHeartbeats(
  ctx: Context,
  filter: { serviceId?: string } = {},
): Promise<HeartbeatDto[]> {
  requirePermission(ctx.actor, "read");
  const { serviceId } = filter;
  return selectHeartbeats(ctx, serviceId === undefined ? undefined : eq(integrations.serviceId, serviceId));
}

/** One heartbeat. Throws `not_found`. */
export async function getHeartbeat(ctx: Context, heartbeatId: string): Promise<HeartbeatDto> {
  requirePermission(ctx.actor, "read");
  const [heartbeat] = await selectHeartbeats(ctx, eq(heartbeats.integrationId, heartbeatId));
  if (!heartbeat) throw new AppError("not_found", "There is no such heartbeat.", { wireCode: 2100 });
  return heartbeat;
}

async function selectHeartbeats(ctx: Context, which: SQL | undefined): Promise<HeartbeatDto[]> {
  const rows = await ctx.db
    .select({ heartbeat: heartbeats, integration: integrations, serviceName: services.name })
    .from(heartbeats)
    .innerJoin(integrations, eq(integrations.id, heartbeats.integrationId))
    .innerJoin(services, eq(services.id, integrations.serviceId))
    .where(and(which, LIVE_HEARTBEAT))
    .orderBy(asc(integrations.name), asc(integrations.id));
  const maySeeKey = hasPermission(ctx.actor.role, "incident.respond");
  return rows.map(({ heartbeat, integration, serviceName }) => ({
    id: integration.id,
    serviceId: integration.serviceId,
    serviceName,
    name: integration.name,
    everySeconds: heartbeat.everySeconds,
    graceSeconds: heartbeat.graceSeconds,
    severity: heartbeat.severity,
    lastBeatAt: heartbeat.lastBeatAt?.toISOString() ?? null,
    lateAt: heartbeat.isLate ? null : (heartbeat.dueAt?.toISOString() ?? null),
    isLate: heartbeat.isLate,
    key: maySeeKey ? integration.key : null,
  }));
}
