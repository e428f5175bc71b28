import { and, eq, inArray, isNull, ne } from "drizzle-orm";
import { incidents } from "#db/schema/incidents";
import { storms } from "#db/schema/noise";
import type { Transaction, TransactionContext } from "#lib/context";
import { isTransient } from "#lib/database-errors";
import { log } from "#lib/log";
import type { Kind } from "#lib/noise/commands/mine-templates";
import { gather } from "#lib/noise/gather";
import type { Gathered, Newcomer } from "#lib/noise/gather";
import { comparedValues } from "#lib/noise/grouping-setting";
import type { Comparable, GroupingSetting } from "#lib/noise/grouping-setting";
import { loadGroupingFacts, loadGroupings } from "#lib/noise/queries/grouping-of";
import type { ServiceGrouping } from "#lib/noise/queries/grouping-of";
import { loadOpenGroups } from "#lib/noise/queries/open-groups";

export type NewcomerAlert = { alertId: string; serviceId: string; comparable: Comparable; kind: Kind | null };

/** Where alerts went, and which services raise the urgency of what their alerts join. */
export type GatheredAlerts = { places: ReadonlyMap<string, Gathered>; raising: ReadonlySet<string> };

const OFF: GroupingSetting = { mode: "off", windowSeconds: 0, fields: [], aggregate: "all", threshold: 1 };

/**
 * Decides for new alerts whether each joins an open incident. The scopes of their services are locked. If that fails for whatever
 * reason, each opens an incident of its own: an alert is never lost to grouping.
 */
export async function gatherAlerts(
  scope: TransactionContext,
  alerts: readonly NewcomerAlert[],
): Promise<GatheredAlerts> {
  try {
    return await scope.tx.transaction((tx) => gatherIn(tx, alerts, scope.now));
  } catch (error) {
    if (isTransient(error)) throw error;
    log().error({ err: error }, "alerts could not be put together; each opens an incident of its own");
    return { places: new Map(), raising: new Set() };
  }
}

async function gatherIn(
  tx: Transaction,
  alerts: readonly NewcomerAlert[],
  now: Date,
): Promise<GatheredAlerts> {
  const serviceIds = [...new Set(alerts.map(({ serviceId }) => serviceId))];
  const groupings = await loadGroupings(tx, serviceIds);
  const scopeOf = (serviceId: string) => groupings.get(serviceId)?.serviceIds.toSorted()[0] ?? serviceId;
  const around = [...new Set(serviceIds.flatMap((id) => groupings.get(id)?.serviceIds ?? [id]))];
  const storming = await loadStorms(tx, around, scopeOf);
  const fields = [...new Set([...groupings.values()].flatMap(({ setting }) => setting.fields))];
  const newcomers = alerts.map(({ alertId, serviceId, comparable, kind }): Newcomer => ({
    face: {
      alertId,
      serviceId,
      summary: comparable.summary,
      templateId: kind?.templateId ?? null,
      template: kind?.template ?? null,
      tokens: kind?.tokens ?? [],
      values: comparedValues(comparable, fields),
    },
    setting: groupings.get(serviceId)?.setting ?? OFF,
    scope: scopeOf(serviceId),
    storm: storming.get(scopeOf(serviceId)) ?? null,
  }));
  const gathering = newcomers.filter(({ setting }) => setting.mode !== "off");
  const near = [...new Set(gathering.flatMap(({ face }) => groupings.get(face.serviceId)?.serviceIds ?? []))];
  const templateIds = gathering.flatMap(({ face }) => face.templateId ?? []);
  const [groups, facts] = await Promise.all([
    loadOpenGroups(tx, near, fields),
    loadGroupingFacts(tx, templateIds, near),
  ]);
  const scoped = groups.map((group) => ({ ...group, scope: scopeOfGroup(group.serviceId, groupings) }));
  return { places: gather(newcomers, scoped, facts, now), raising: raisingOf(serviceIds, groupings) };
}

function scopeOfGroup(serviceId: string, groupings: ReadonlyMap<string, ServiceGrouping>): string {
  for (const { serviceIds } of groupings.values()) {
    if (serviceIds.includes(serviceId)) return serviceIds.toSorted()[0] ?? serviceId;
  }
  return serviceId;
}

/** Without a setting alerts join in storms alone, which must not hide a worse one either. */
function raisingOf(
  serviceIds: readonly string[],
  groupings: ReadonlyMap<string, ServiceGrouping>,
): Set<string> {
  return new Set(serviceIds.filter((id) => groupings.get(id)?.raisesUrgency ?? true));
}

/** The storms that last, with their incident where that is open still. */
async function loadStorms(tx: Transaction, serviceIds: string[], scopeOf: (serviceId: string) => string) {
  const rows = await tx
    .select({ serviceId: storms.serviceId, incidentId: incidents.id })
    .from(storms)
    .leftJoin(incidents, and(eq(incidents.id, storms.incidentId), ne(incidents.status, "resolved")))
    .where(and(inArray(storms.serviceId, serviceIds), isNull(storms.endedAt)));
  const found = new Map<string, { incidentId: string | null }>();
  for (const { serviceId, incidentId } of rows) {
    const scope = scopeOf(serviceId);
    if (!found.get(scope)?.incidentId) found.set(scope, { incidentId });
  }
  return found;
}
