import { and, asc, eq, gt, inArray, isNull, ne, or, sql } from "drizzle-orm";
import type { Database } from "#db/connect";
import { maintenanceServices, maintenanceWindows } from "#db/schema/noise";
import type { Transaction } from "#lib/context";
import type { MaintenanceWindow } from "#lib/noise/maintenance";

/** Windows of these services that may hold at an instant: begun, not ended, not over for good. */
export async function loadLiveWindows(
  db: Database | Transaction,
  serviceIds: readonly string[],
  at: Date,
): Promise<MaintenanceWindow[]> {
  if (serviceIds.length === 0) return [];
  const concerned = db
    .select({ id: maintenanceServices.windowId })
    .from(maintenanceServices)
    .where(inArray(maintenanceServices.serviceId, [...serviceIds]));
  const rows = await db
    .select()
    .from(maintenanceWindows)
    .where(
      and(
        inArray(maintenanceWindows.id, concerned),
        isNull(maintenanceWindows.endedAt),
        sql`${maintenanceWindows.startsAt} <= ${at.toISOString()}::timestamptz`,
        or(ne(maintenanceWindows.repeats, "never"), gt(maintenanceWindows.endsAt, at)),
      ),
    )
    .orderBy(asc(maintenanceWindows.id));
  return withServices(db, rows);
}

/** One window by id; null: there is none. */
export async function loadWindow(
  db: Database | Transaction,
  windowId: string,
): Promise<MaintenanceWindow | null> {
  const rows = await db.select().from(maintenanceWindows).where(eq(maintenanceWindows.id, windowId));
  const [window] = await withServices(db, rows);
  return window ?? null;
}

/** Rows with the services they are about. */
export async function withServices(
  db: Database | Transaction,
  rows: readonly (typeof maintenanceWindows.$inferSelect)[],
): Promise<MaintenanceWindow[]> {
  const ids = rows.map(({ id }) => id);
  if (ids.length === 0) return [];
  const members = await db
    .select()
    .from(maintenanceServices)
    .where(inArray(maintenanceServices.windowId, ids));
  const byWindow = Map.groupBy(members, ({ windowId }) => windowId);
  return rows.map(({ field, value, ...row }) => ({
    ...row,
    label: field === null || value === null ? null : { field, value },
    serviceIds: (byWindow.get(row.id) ?? []).map(({ serviceId }) => serviceId),
  }));
}
