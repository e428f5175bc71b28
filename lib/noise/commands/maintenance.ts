import { and, eq, inArray, isNull, sql } from "drizzle-orm";
import { alerts } from "#db/schema/events";
import { maintenanceServices, maintenanceWindows } from "#db/schema/noise";
import { services } from "#db/schema/services";
import { wakePaused } from "#lib/alerts/commands/wake-paused";
import { audit, inTransaction, requirePermission } from "#lib/context";
import type { Context, TransactionContext } from "#lib/context";
import { AppError } from "#lib/errors";
import { newId } from "#lib/ids";
import { maintenanceOf, occurrenceAt, occurrencesFrom } from "#lib/noise/maintenance";
import type { MaintenanceWindow } from "#lib/noise/maintenance";
import { loadLiveWindows, loadWindow } from "#lib/noise/queries/windows";
import { extendWindowSchema, maintenanceBody, windowParams } from "#lib/noise/schemas";
import type { MaintenanceInput } from "#lib/noise/schemas";
import { publish } from "#lib/outbox";
import { parseInput } from "#lib/parse-input";

/** Plans a maintenance window, or begins one: a start in the past becomes now. Open incidents go on as they are. */
export async function createMaintenance(
  ctx: Context,
  input: MaintenanceInput,
): Promise<{ windowId: string }> {
  requirePermission(ctx.actor, "incident.respond");
  const { serviceIds, label, ...parsed } = parseInput(maintenanceBody, input);
  const given = {
    ...parsed,
    startsAt: new Date(parsed.startsAt),
    endsAt: new Date(parsed.endsAt),
    lastsUntil: parsed.lastsUntil === null ? null : new Date(parsed.lastsUntil),
  };
  return inTransaction(ctx, async (scope) => {
    const { tx, now } = scope;
    const ids = [...new Set(serviceIds)];
    await requireServices(scope, ids);
    const startsAt = given.startsAt < now ? now : given.startsAt;
    if (given.endsAt <= startsAt) throw refused("endsAt", "is in the past");
    const id = newId(now.getTime());
    await tx.insert(maintenanceWindows).values({
      id,
      ...given,
      startsAt,
      field: label?.field ?? null,
      value: label?.value ?? null,
      createdBy: ctx.actor.type === "user" ? ctx.actor.id : null,
      createdAt: now,
      updatedAt: now,
    });
    await tx.insert(maintenanceServices).values(ids.map((serviceId) => ({ windowId: id, serviceId })));
    await tell(scope, { id, summary: given.summary, serviceIds: ids }, "create", {
      ...given,
      startsAt,
      label,
      serviceIds: ids,
    });
    return { windowId: id };
  });
}

/** Ends a window that has begun: what it holds back and still fires opens its incidents now. A repeated one ends this time only. */
export async function endMaintenance(ctx: Context, input: { windowId: string }): Promise<void> {
  requirePermission(ctx.actor, "incident.respond");
  const { windowId } = parseInput(windowParams, input);
  await changeWindow(ctx, windowId, "end", (window, now) => {
    const running = occurrenceAt(window, now.getTime());
    if (running === null) throw new AppError("conflict", "It isn't running now.");
    const [, next] = window.repeats === "never" ? [] : occurrencesFrom(window, now.getTime(), 2);
    return next ? { startsAt: new Date(next.start), endsAt: new Date(next.end) } : { endedAt: now };
  });
}

/** Makes the occurrence that runs now last longer. */
export async function extendMaintenance(
  ctx: Context,
  input: { windowId: string; minutes: number },
): Promise<void> {
  requirePermission(ctx.actor, "incident.respond");
  const { windowId, minutes } = parseInput(extendWindowSchema, input);
  await changeWindow(ctx, windowId, "extend", (window, now) => {
    if (occurrenceAt(window, now.getTime()) === null) throw new AppError("conflict", "It isn't running now.");
    if (window.repeats !== "never") {
      throw new AppError("conflict", "A repeated window keeps its length; plan another one for the rest.");
    }
    return { endsAt: new Date(window.endsAt.getTime() + minutes * 60_000) };
  });
}

/** Takes back a window that has not begun, or ends a series of them for good. What has begun is ended, not deleted. */
export async function cancelMaintenance(ctx: Context, input: { windowId: string }): Promise<void> {
  requirePermission(ctx.actor, "incident.respond");
  const { windowId } = parseInput(windowParams, input);
  await changeWindow(ctx, windowId, "cancel", (window, now) => {
    if (window.repeats === "never" && window.startsAt <= now) {
      throw new AppError("conflict", "It has begun: it can be ended, not taken back.");
    }
    return { endedAt: now };
  });
}

type WindowChange = Partial<Pick<MaintenanceWindow, "startsAt" | "endsAt" | "endedAt">>;

async function changeWindow(
  ctx: Context,
  windowId: string,
  action: string,
  decide: (window: MaintenanceWindow, now: Date) => WindowChange,
): Promise<void> {
  await inTransaction(ctx, async (scope) => {
    await scope.tx
      .select({ id: maintenanceWindows.id })
      .from(maintenanceWindows)
      .where(eq(maintenanceWindows.id, windowId))
      .for("update");
    const window = await loadWindow(scope.tx, windowId);
    if (!window) throw new AppError("not_found", "There is no such maintenance window.");
    if (window.endedAt !== null) throw new AppError("conflict", "It is over already.");
    const change = decide(window, scope.now);
    await scope.tx
      .update(maintenanceWindows)
      .set({ ...change, updatedAt: scope.now })
      .where(eq(maintenanceWindows.id, windowId));
    await holdAnew(scope, window.serviceIds);
    await tell(scope, window, action, change);
  });
}

/** Alerts that maintenance holds back follow what is planned now: they open when the last window about them ends. */
async function holdAnew(scope: TransactionContext, serviceIds: readonly string[]): Promise<void> {
  const { tx, now } = scope;
  const windows = await loadLiveWindows(tx, serviceIds, now);
  const held = await tx
    .select()
    .from(alerts)
    .where(
      and(
        inArray(alerts.serviceId, [...serviceIds]),
        eq(alerts.status, "triggered"),
        isNull(alerts.incidentId),
        eq(alerts.pausedBy, "maintenance"),
      ),
    )
    .orderBy(alerts.id)
    .for("update");
  if (held.length === 0) return;
  const rows = held.map((alert) => ({
    id: alert.id,
    until: (maintenanceOf(windows, alert, now)?.until ?? now).toISOString(),
  }));
  await tx.execute(sql`
    update alerts set paused_until = anew.until
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as anew (id text, until timestamptz)
    where alerts.id = anew.id`);
  await wakePaused(tx);
}

async function requireServices({ tx }: TransactionContext, ids: string[]): Promise<void> {
  const known = await tx
    .select({ id: services.id })
    .from(services)
    .where(and(inArray(services.id, ids), isNull(services.deletedAt)));
  const found = new Set(known.map(({ id }) => id));
  const missing = ids.filter((id) => !found.has(id));
  if (missing.length > 0) throw refused("serviceIds", `has services that don't exist: ${missing.join(", ")}`);
}

function refused(field: string, message: string): AppError {
  return new AppError("invalid", `${field} ${message}`, { fields: [{ field, message }] });
}

async function tell(
  scope: TransactionContext,
  window: { id: string; summary: string; serviceIds: readonly string[] },
  action: string,
  after: Record<string, unknown>,
): Promise<void> {
  await audit(scope, {
    action,
    objectType: "maintenance_window",
    objectId: window.id,
    objectName: window.summary,
    after,
  });
  await publish(
    scope,
    { topic: `maintenance_window.${action}`, entityType: "maintenance_window", entityId: window.id },
    ...window.serviceIds.map((entityId) => ({ topic: "service.updated", entityType: "service", entityId })),
  );
}
