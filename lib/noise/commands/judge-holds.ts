import { inArray } from "drizzle-orm";
import { priorities } from "#db/schema/incidents";
import type { Hold } from "#lib/alerts/verdict";
import type { Severity } from "#lib/alerts/vocabulary";
import type { Transaction, TransactionContext } from "#lib/context";
import { isTransient } from "#lib/database-errors";
import { log } from "#lib/log";
import { judgeFlapping } from "#lib/noise/flapping";
import type { KeyHistory } from "#lib/noise/flapping";
import type { Comparable } from "#lib/noise/grouping-setting";
import { maintenanceOf } from "#lib/noise/maintenance";
import type { MaintenanceWindow } from "#lib/noise/maintenance";
import { loadKeyHistories, loadKindHistories, loadServiceNoise } from "#lib/noise/queries/hold-facts";
import { loadLiveWindows } from "#lib/noise/queries/windows";
import { judgeTransient } from "#lib/noise/transient";
import type { KindHistory } from "#lib/noise/transient";

/** A new alert that nothing holds back yet. */
export type UnheldAlert = {
  alertId: string;
  integrationId: string;
  dedupKey: string;
  serviceId: string;
  tier: number;
  severity: Severity;
  priorityId: string | null;
  templateId: string | null;
  comparable: Comparable;
};

/**
 * Which new alerts are held back, and until when: in maintenance until it ends, flapping until they are stable, of a kind that ends by
 * itself until it usually has. If that can't be told for whatever reason nothing is held: rather a page too many.
 */
export async function judgeHolds(
  scope: TransactionContext,
  alerts: readonly UnheldAlert[],
): Promise<Map<string, Hold>> {
  if (alerts.length === 0) return new Map();
  try {
    return await scope.tx.transaction((tx) => judge(tx, alerts, scope.now));
  } catch (error) {
    if (isTransient(error)) throw error;
    log().error({ err: error }, "it could not be told whether alerts are held back; none is");
    return new Map();
  }
}

async function judge(tx: Transaction, alerts: readonly UnheldAlert[], now: Date): Promise<Map<string, Hold>> {
  const serviceIds = [...new Set(alerts.map(({ serviceId }) => serviceId))];
  const [windows, noise] = await Promise.all([
    loadLiveWindows(tx, serviceIds, now),
    loadServiceNoise(tx, serviceIds),
  ]);
  const damped = alerts.filter(({ serviceId }) => noise.get(serviceId)?.dampFlapping);
  const pausing = alerts.filter(({ serviceId }) => noise.get(serviceId)?.autoPauseSeconds != null);
  const [keys, kinds, ranks] = await Promise.all([
    loadKeyHistories(tx, damped),
    loadKindHistories(
      tx,
      pausing.flatMap(({ templateId }) => templateId ?? []),
    ),
    loadRanks(
      tx,
      pausing.flatMap(({ priorityId }) => priorityId ?? []),
    ),
  ]);
  const known = { windows, keys, kinds, ranks };
  return new Map(
    alerts.flatMap((alert) => {
      const hold = holdOne(alert, noise.get(alert.serviceId)?.autoPauseSeconds ?? null, known, now);
      return hold === null ? [] : [[alert.alertId, hold] as const];
    }),
  );
}

type Known = {
  windows: readonly MaintenanceWindow[];
  keys: ReadonlyMap<string, KeyHistory>;
  kinds: ReadonlyMap<string, KindHistory>;
  ranks: ReadonlyMap<string, number>;
};

/** Maintenance before flapping before what its kind usually does. */
function holdOne(alert: UnheldAlert, pauseSeconds: number | null, known: Known, now: Date): Hold | null {
  const { comparable, serviceId, alertId } = alert;
  const maintenance = maintenanceOf(known.windows, { ...comparable, serviceId }, now);
  if (maintenance !== null) {
    return { kind: "paused", by: "maintenance", until: maintenance.until, because: maintenance.because };
  }
  const until = (seconds: number) => new Date(now.getTime() + seconds * 1000);
  const history = known.keys.get(alertId);
  const flapping = history ? judgeFlapping(history, now) : null;
  if (flapping?.isFlapping) {
    return { kind: "paused", by: "flapping", until: until(flapping.seconds), because: flapping.because };
  }
  const kind = known.kinds.get(alert.templateId ?? "");
  if (pauseSeconds === null || !kind) return null;
  const priorityRank = known.ranks.get(alert.priorityId ?? "") ?? null;
  const judged = judgeTransient({ ...alert, priorityRank }, kind, pauseSeconds);
  if (!judged.isTransient) return null;
  return {
    kind: "paused",
    by: "auto_pause",
    until: until(judged.seconds),
    because: `It usually ends by itself: ${judged.because}`,
  };
}

async function loadRanks(tx: Transaction, priorityIds: readonly string[]): Promise<Map<string, number>> {
  if (priorityIds.length === 0) return new Map();
  const rows = await tx
    .select({ id: priorities.id, rank: priorities.rank })
    .from(priorities)
    .where(inArray(priorities.id, [...priorityIds]));
  return new Map(rows.map(({ id, rank }) => [id, rank]));
}
