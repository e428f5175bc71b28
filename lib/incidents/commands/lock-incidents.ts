import { asc, eq, inArray, sql } from "drizzle-orm";
import type { Database } from "#db/connect";
import {
  incidentAcknowledgements,
  incidentAssignments,
  incidents,
  pendingActions,
} from "#db/schema/incidents";
import { users } from "#db/schema/people";
import { services } from "#db/schema/services";
import type { Transaction } from "#lib/context";
import { AppError } from "#lib/errors";
import type { IncidentState, PendingAction, Person } from "#lib/incidents/incident";

/** Locks the rows in id order, so that two bulk changes can't deadlock, and reads what the transitions look at. Unknown ids are left out. */
export async function lockIncidents(
  tx: Transaction,
  incidentIds: readonly string[],
): Promise<Map<string, IncidentState>> {
  const ids = [...new Set(incidentIds)];
  if (ids.length === 0) return new Map();
  return readStates(tx, await selectRows(tx, ids).for("update"));
}

/** As lockIncidents for those who don't look at them: nobody else changes them until the transaction ends. */
export async function holdIncidents(tx: Transaction, incidentIds: readonly string[]): Promise<void> {
  if (incidentIds.length === 0) return;
  await tx
    .select({ id: incidents.id })
    .from(incidents)
    .where(anyOf(incidentIds))
    .orderBy(asc(incidents.id))
    .for("update");
}

/** As lockIncidents without the locks: for previews of what a change would do. */
export async function readIncidents(
  db: Database,
  incidentIds: readonly string[],
): Promise<Map<string, IncidentState>> {
  return incidentIds.length === 0 ? new Map() : readStates(db, await selectRows(db, incidentIds));
}

function anyOf(ids: readonly string[]) {
  return sql`${incidents.id} = any(${sql.param([...new Set(ids)])}::text[])`;
}

function selectRows(tx: Transaction | Database, ids: readonly string[]) {
  return tx.select().from(incidents).where(anyOf(ids)).orderBy(asc(incidents.id));
}

async function readStates(
  tx: Transaction | Database,
  rows: (typeof incidents.$inferSelect)[],
): Promise<Map<string, IncidentState>> {
  const ids = rows.map(({ id }) => id);
  const [timers, assigned, acknowledged, pending] = await Promise.all([
    loadTimers(tx, [...new Set(rows.map((row) => row.serviceId))]),
    loadPeople(tx, incidentAssignments, ids),
    loadPeople(tx, incidentAcknowledgements, ids),
    loadPending(tx, ids),
  ]);
  return new Map(
    rows.map((row) => {
      const service = timers.get(row.serviceId);
      if (!service) throw new Error(`Incident ${row.id} has no service.`);
      const state: IncidentState = {
        ...row,
        policy: row.policySnapshot,
        assignees: assigned.get(row.id) ?? [],
        acknowledgers: acknowledged.get(row.id) ?? [],
        pending: pending.get(row.id) ?? [],
        service,
      };
      return [row.id, state];
    }),
  );
}

/** The one incident, locked. Throws `not_found`. */
export async function lockIncident(tx: Transaction, incidentId: string): Promise<IncidentState> {
  const state = (await lockIncidents(tx, [incidentId])).get(incidentId);
  if (!state) throw new AppError("not_found", "There is no such incident.", { wireCode: 5001 });
  return state;
}

async function loadTimers(tx: Transaction | Database, serviceIds: string[]) {
  const rows = await tx
    .select({
      id: services.id,
      acknowledgementTimeout: services.acknowledgementTimeout,
      autoResolveTimeout: services.autoResolveTimeout,
      escalateLowUrgency: services.escalateLowUrgency,
      supportHours: services.supportHours,
      raiseUrgencyAt: services.raiseUrgencyAt,
    })
    .from(services)
    .where(inArray(services.id, serviceIds));
  return new Map(rows.map((row) => [row.id, row]));
}

async function loadPeople(
  tx: Transaction | Database,
  table: typeof incidentAssignments | typeof incidentAcknowledgements,
  ids: string[],
): Promise<Map<string, Person[]>> {
  const rows = await tx
    .select({ incidentId: table.incidentId, userId: table.userId, name: users.name })
    .from(table)
    .innerJoin(users, eq(users.id, table.userId))
    .where(inArray(table.incidentId, ids))
    .orderBy(asc(table.at), asc(table.userId));
  return group(rows, ({ userId, name }) => ({ userId, name }));
}

async function loadPending(tx: Transaction | Database, ids: string[]): Promise<Map<string, PendingAction[]>> {
  const rows = await tx.select().from(pendingActions).where(inArray(pendingActions.incidentId, ids));
  return group(rows, ({ type, at, to }) => (to === null ? { type, at } : { type, at, to }));
}

function group<Row extends { incidentId: string }, Value>(rows: Row[], value: (row: Row) => Value) {
  const grouped = new Map<string, Value[]>();
  for (const row of rows) {
    const list = grouped.get(row.incidentId);
    if (list) list.push(value(row));
    else grouped.set(row.incidentId, [value(row)]);
  }
  return grouped;
}
