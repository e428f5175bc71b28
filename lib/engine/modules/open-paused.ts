import { and, asc, eq, isNotNull, isNull, sql } from "drizzle-orm";
import { alerts } from "#db/schema/events";
import { openHeld } from "#lib/alerts/commands/open-held";
import { inTransaction, SYSTEM } from "#lib/context";
import type { Context, TransactionContext } from "#lib/context";
import { isTransient } from "#lib/database-errors";
import { lockScopes } from "#lib/noise/commands/lock-scopes";
import type { EngineContext, EngineModule } from "#lib/engine/module";

const BATCH = 100;

/**
 * Opens the incidents of paused alerts whose time is over and that nothing ended. The alert's row is locked (`skip locked`), as by
 * whoever processes its events: it either opens or ends, never both. An alert that can't be opened is put off and holds up nobody.
 */
export const openPaused: EngineModule = {
  name: "open-paused",
  async run(engine) {
    const worked = await openBatch(engine);
    return { worked, nextAt: worked >= BATCH ? new Date(0) : await nextDue(engine) };
  },
};

const WAITING = and(
  eq(alerts.status, "triggered"),
  isNull(alerts.incidentId),
  isNotNull(alerts.pausedUntil),
  eq(alerts.suppressed, false),
);

async function openBatch({ db, log }: EngineContext): Promise<number> {
  const ctx: Context = { db, actor: { ...SYSTEM, channel: "timeout" } };
  try {
    return await inTransaction(ctx, (scope) => openDue(scope, BATCH));
  } catch (error) {
    if (isTransient(error)) throw error;
    log.error({ err: error }, "paused alerts could not be opened; they are tried one by one");
  }
  for (let opened = 0; opened < BATCH; opened += 1) {
    try {
      if ((await inTransaction(ctx, (scope) => openDue(scope, 1))) === 0) return opened;
    } catch (error) {
      if (isTransient(error)) throw error;
      log.error({ err: error }, "a paused alert could not be opened; it is tried again in a minute");
      await inTransaction(ctx, putOff);
    }
  }
  return BATCH;
}

async function openDue(scope: TransactionContext, limit: number): Promise<number> {
  await lockScopes(scope.tx, await dueServices(scope));
  const due = await claim(scope, limit);
  await openHeld(scope, due);
  return due.length;
}

function claim({ tx }: TransactionContext, limit: number) {
  return tx
    .select({ alertId: alerts.id })
    .from(alerts)
    .where(sql`${WAITING} and ${alerts.pausedUntil} <= now()`)
    .orderBy(asc(alerts.pausedUntil), asc(alerts.id))
    .limit(limit)
    .for("update", { skipLocked: true });
}

/** Their scopes come before their rows: whoever processes events holds a scope while it waits for a row. */
async function dueServices({ tx }: TransactionContext): Promise<string[]> {
  const rows = await tx
    .selectDistinct({ serviceId: alerts.serviceId })
    .from(alerts)
    .where(sql`${WAITING} and ${alerts.pausedUntil} <= now()`);
  return rows.map(({ serviceId }) => serviceId);
}

async function putOff(scope: TransactionContext): Promise<void> {
  const [first] = await claim(scope, 1);
  if (!first) return;
  await scope.tx
    .update(alerts)
    .set({ pausedUntil: sql`now() + interval '1 minute'` })
    .where(eq(alerts.id, first.alertId));
}

async function nextDue({ db }: EngineContext): Promise<Date | null> {
  const [row] = await db
    .select({ at: sql<string | null>`(extract(epoch from min(${alerts.pausedUntil})) * 1000)::bigint::text` })
    .from(alerts)
    .where(WAITING);
  return row?.at ? new Date(Number(row.at)) : null;
}
