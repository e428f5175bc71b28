import { and, asc, desc, eq, gte, inArray, lt, ne, or, sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import type { Database } from "#db/connect";
import { incidentAssignments, incidents, priorities } from "#db/schema/incidents";
import { teams } from "#db/schema/people";
import { services } from "#db/schema/services";
import { requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { AppError } from "#lib/errors";
import type { AssignedVia, IncidentStatus, PendingActionType, Urgency } from "#lib/incidents/vocabulary";

type PersonAt = { at: number; id: string; name: string };

/** An incident with everything that the public API says about it. Instants in lists are epoch milliseconds. */
export type WireIncidentDto = {
  id: string;
  number: number;
  title: string;
  body: string | null;
  status: IncidentStatus;
  urgency: Urgency;
  incidentKey: string | null;
  assignedVia: AssignedVia;
  createdAt: Date;
  updatedAt: Date;
  resolvedAt: Date | null;
  lastStatusChangeAt: Date;
  lastStatusChangeBy: { type: string; id: string | null; name: string } | null;
  policy: { id: string; name: string };
  service: { id: string; name: string; slug: string };
  team: { id: string; name: string; slug: string } | null;
  priority: { id: string; name: string; description: string; color: string; rank: number } | null;
  mergedInto: { id: string; number: number; title: string } | null;
  assignments: PersonAt[];
  acknowledgements: PersonAt[];
  pending: { type: PendingActionType; at: number; to: string | null }[];
  alertCounts: { all: number; triggered: number };
  firstTriggerId: string | null;
};

export type IncidentSort = { field: "number" | "createdAt" | "resolvedAt" | "urgency"; descending: boolean };

export type WireIncidentFilter = {
  ids?: readonly string[];
  since: Date | null;
  until: Date | null;
  /** Without a period, closed incidents older than this are left out. */
  closedSince: Date | null;
  statuses: readonly IncidentStatus[];
  incidentKey: string | null;
  serviceIds: readonly string[];
  teamIds: readonly string[];
  /** Assigned to one of these now. */
  userIds: readonly string[];
  urgencies: readonly Urgency[];
  priorityIds: readonly string[];
  sort: readonly IncidentSort[];
  limit: number;
  offset: number;
  withTotal: boolean;
};

/** A page of incidents in the manner of the public API. */
export async function listWireIncidents(
  ctx: Context,
  filter: WireIncidentFilter,
): Promise<{ rows: WireIncidentDto[]; more: boolean; total: number | null }> {
  requirePermission(ctx.actor, "read");
  const where = and(...conditions(ctx.db, filter));
  const [rows, counted] = await Promise.all([
    selectIncidents(ctx.db)
      .where(where)
      .orderBy(...order(filter.sort))
      .limit(filter.limit + 1)
      .offset(filter.offset),
    filter.withTotal ? ctx.db.$count(incidents, where) : null,
  ]);
  return { rows: rows.slice(0, filter.limit).map(toDto), more: rows.length > filter.limit, total: counted };
}

/** Incidents by id or number, in the order asked for; unknown ones are left out. */
export async function loadWireIncidents(ctx: Context, ids: readonly string[]): Promise<WireIncidentDto[]> {
  requirePermission(ctx.actor, "read");
  if (ids.length === 0) return [];
  const rows = await selectIncidents(ctx.db).where(inArray(incidents.id, [...ids]));
  const byId = new Map(rows.map((row) => [row.incident.id, toDto(row)]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

/** One incident, by its id or its number. Throws `not_found`. */
export async function getWireIncident(ctx: Context, idOrNumber: string): Promise<WireIncidentDto> {
  requirePermission(ctx.actor, "read");
  const isNumber = /^\d{1,9}$/.test(idOrNumber);
  const [row] = await selectIncidents(ctx.db).where(
    isNumber ? eq(incidents.number, Number(idOrNumber)) : eq(incidents.id, idOrNumber),
  );
  if (!row) throw new AppError("not_found", "There is no such incident.", { wireCode: 5001 });
  return toDto(row);
}

function conditions(db: Database, filter: WireIncidentFilter): (SQL | undefined)[] {
  const assigned = db
    .select({ id: incidentAssignments.incidentId })
    .from(incidentAssignments)
    .where(inArray(incidentAssignments.userId, [...filter.userIds]));
  const owned = db
    .select({ id: services.id })
    .from(services)
    .where(inArray(services.teamId, [...filter.teamIds]));
  return [
    filter.since ? gte(incidents.createdAt, filter.since) : undefined,
    filter.until ? lt(incidents.createdAt, filter.until) : undefined,
    filter.closedSince
      ? or(gte(incidents.createdAt, filter.closedSince), ne(incidents.status, "resolved"))
      : undefined,
    filter.statuses.length > 0 ? inArray(incidents.status, [...filter.statuses]) : undefined,
    filter.incidentKey === null ? undefined : eq(incidents.incidentKey, filter.incidentKey),
    filter.serviceIds.length > 0 ? inArray(incidents.serviceId, [...filter.serviceIds]) : undefined,
    filter.teamIds.length > 0 ? inArray(incidents.serviceId, owned) : undefined,
    filter.userIds.length > 0 ? inArray(incidents.id, assigned) : undefined,
    filter.urgencies.length > 0 ? inArray(incidents.urgency, [...filter.urgencies]) : undefined,
    filter.priorityIds.length > 0 ? inArray(incidents.priorityId, [...filter.priorityIds]) : undefined,
  ];
}

function order(sort: readonly IncidentSort[]): SQL[] {
  const columns = sort.map(({ field, descending }) => {
    const column = incidents[field];
    return descending ? sql`${column} desc nulls last` : sql`${column} asc nulls last`;
  });
  return [...columns, sort[0]?.descending ? desc(incidents.number) : asc(incidents.number)];
}

const people = (table: SQL) => sql<PersonAt[]>`(
  select coalesce(json_agg(json_build_object('at', (extract(epoch from p.at) * 1000)::bigint, 'id', u.id, 'name', u.name) order by p.at, u.id), '[]')
  from ${table} p join users u on u.id = p.user_id where p.incident_id = ${incidents.id})`;

function selectIncidents(db: Database) {
  return db
    .select({
      incident: incidents,
      service: { id: services.id, name: services.name, slug: services.slug },
      team: { id: teams.id, name: teams.name, slug: teams.slug },
      priority: priorities,
      assignments: people(sql`incident_assignments`),
      acknowledgements: people(sql`incident_acknowledgements`),
      pending: sql<WireIncidentDto["pending"]>`(
        select coalesce(json_agg(json_build_object('type', a.type, 'at', (extract(epoch from a.at) * 1000)::bigint, 'to', a."to") order by a.at, a.id), '[]')
        from pending_actions a where a.incident_id = ${incidents.id})`,
      alertCounts: sql<WireIncidentDto["alertCounts"]>`(
        select json_build_object('all', count(*), 'triggered', count(*) filter (where l.status = 'triggered'))
        from alerts l where l.incident_id = ${incidents.id})`,
      firstTriggerId: sql<string | null>`(
        select e.id from log_entries e where e.incident_id = ${incidents.id} and e.type = 'trigger' order by e.at, e.id limit 1)`,
      mergedInto: sql<WireIncidentDto["mergedInto"]>`(
        select json_build_object('id', m.id, 'number', m.number, 'title', m.title) from incidents m where m.id = ${incidents.mergedIntoId})`,
    })
    .from(incidents)
    .innerJoin(services, eq(services.id, incidents.serviceId))
    .leftJoin(teams, eq(teams.id, services.teamId))
    .leftJoin(priorities, eq(priorities.id, incidents.priorityId));
}

type Row = Awaited<ReturnType<typeof selectIncidents>>[number];

function toDto({ incident, ...row }: Row): WireIncidentDto {
  const { policyId, name } = incident.policySnapshot;
  return { ...incident, ...row, policy: { id: policyId, name } };
}
