import { and, asc, desc, gte, inArray } from "drizzle-orm";
import { sql } from "drizzle-orm";
import { alerts } from "#db/schema/events";
import { services } from "#db/schema/services";
import { readNow, requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { lessonsFrom } from "#lib/noise/feedback";
import { rehearse } from "#lib/noise/rehearse";
import type { Rehearsal } from "#lib/noise/rehearse";
import { previewSchema } from "#lib/noise/schemas";
import type { PreviewInput } from "#lib/noise/schemas";
import { HISTORY_DAYS } from "#lib/noise/transient";
import { parseInput } from "#lib/parse-input";

/** The newest alerts that a preview looks at. */
const MOST_ALERTS = 5000;

export type GroupingPreview = Rehearsal & { days: number; isCut: boolean };

/** What settings would have made of the last 30 days of alerts. Nothing is changed. */
export async function previewNoise(ctx: Context, input: PreviewInput): Promise<GroupingPreview> {
  requirePermission(ctx.actor, "read");
  const { serviceIds, setting, autoPauseSeconds } = parseInput(previewSchema, input);
  const now = await readNow(ctx.db);
  const since = new Date(now.getTime() - HISTORY_DAYS * 86_400_000);
  const rows = await ctx.db
    .select({
      alertId: alerts.id,
      serviceId: alerts.serviceId,
      incidentId: alerts.incidentId,
      at: alerts.createdAt,
      resolvedAt: alerts.resolvedAt,
      selfResolved: alerts.selfResolved,
      summary: alerts.summary,
      source: alerts.source,
      severity: alerts.severity,
      component: alerts.component,
      group: alerts.group,
      class: alerts.class,
      customDetails: alerts.customDetails,
      tier: services.tier,
    })
    .from(alerts)
    .innerJoin(services, sql`${services.id} = ${alerts.serviceId}`)
    .where(and(inArray(alerts.serviceId, serviceIds), gte(alerts.createdAt, since)))
    .orderBy(desc(alerts.createdAt), asc(alerts.id))
    .limit(MOST_ALERTS);
  const facts = { lessons: lessonsFrom([]), adjacent: () => false };
  const rehearsal = rehearse(rows.toReversed(), { setting, autoPauseSeconds }, facts);
  return { ...rehearsal, days: HISTORY_DAYS, isCut: rows.length === MOST_ALERTS };
}
