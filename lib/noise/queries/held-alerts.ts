import { and, asc, eq, isNull, sql } from "drizzle-orm";
import { alerts } from "#db/schema/events";
import type { PausedBy } from "#lib/alerts/verdict";
import type { Severity } from "#lib/alerts/vocabulary";
import { requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { HISTORY_DAYS } from "#lib/noise/transient";

export type HeldAlert = {
  id: string;
  summary: string;
  severity: Severity;
  createdAt: string;
  /** When its incident opens by itself; null: never, it is suppressed. */
  until: string | null;
  by: PausedBy | null;
  because: string;
};

/** What became of alerts that were paused in the last 30 days, by what paused them. */
export type HeldOutcomes = { by: PausedBy; paused: number; over: number; opened: number }[];

const MOST = 200;

/** Alerts of a service that fire and are held back now, and what became of those before. */
export async function listHeldAlerts(
  ctx: Context,
  serviceId: string,
): Promise<{ held: HeldAlert[]; outcomes: HeldOutcomes }> {
  requirePermission(ctx.actor, "read");
  const [held, outcomes] = await Promise.all([
    ctx.db
      .select()
      .from(alerts)
      .where(and(eq(alerts.serviceId, serviceId), eq(alerts.status, "triggered"), isNull(alerts.incidentId)))
      .orderBy(asc(alerts.pausedUntil), asc(alerts.createdAt))
      .limit(MOST),
    ctx.db.execute<HeldOutcomes[number]>(sql`
      select paused_by as by, count(*)::int as paused,
        (count(*) filter (where incident_id is null and status = 'resolved'))::int as over,
        (count(*) filter (where incident_id is not null))::int as opened
      from alerts
      where service_id = ${serviceId} and paused_by is not null
        and created_at > now() - make_interval(days => ${HISTORY_DAYS})
      group by paused_by order by paused_by`),
  ]);
  return {
    held: held.map((alert) => ({
      id: alert.id,
      summary: alert.summary,
      severity: alert.severity,
      createdAt: alert.createdAt.toISOString(),
      until: alert.suppressed ? null : (alert.pausedUntil?.toISOString() ?? null),
      by: alert.pausedBy,
      because: alert.heldBecause ?? "",
    })),
    outcomes: [...outcomes],
  };
}
