import { and, asc, desc, eq, gte, inArray, lt } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import type { Database } from "#db/connect";
import { incidents, logEntries } from "#db/schema/incidents";
import { teams, users } from "#db/schema/people";
import { services } from "#db/schema/services";
import { requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { AppError } from "#lib/errors";
import type { ActorType, LogEntryClass, LogEntryType } from "#lib/incidents/vocabulary";

/** A log entry with what the public API says about where it belongs. */
export type WireLogEntryDto = {
  id: string;
  type: LogEntryType;
  class: LogEntryClass;
  at: Date;
  actor: { type: ActorType; id: string | null; name: string };
  channel: string;
  note: string | null;
  data: Record<string, unknown>;
  person: { id: string; name: string } | null;
  incident: { id: string; number: number; title: string };
  service: { id: string; name: string; slug: string };
  team: { id: string; name: string; slug: string } | null;
};

export type WireLogEntryFilter = {
  ids?: readonly string[];
  incidentId?: string;
  types?: readonly LogEntryType[];
  classes?: readonly LogEntryClass[];
  teamIds?: readonly string[];
  since?: Date | null;
  until?: Date | null;
  ascending?: boolean;
  limit: number;
  offset: number;
  withTotal?: boolean;
};

/** A page of log entries, newest first unless told otherwise. */
export async function listWireLogEntries(
  ctx: Context,
  filter: WireLogEntryFilter,
): Promise<{ rows: WireLogEntryDto[]; more: boolean; total: number | null }> {
  requirePermission(ctx.actor, "read");
  const where = and(...conditions(ctx.db, filter));
  const direction = filter.ascending ? asc : desc;
  const [rows, total] = await Promise.all([
    selectLogEntries(ctx.db)
      .where(where)
      .orderBy(direction(logEntries.at), direction(logEntries.id))
      .limit(filter.limit + 1)
      .offset(filter.offset),
    filter.withTotal ? ctx.db.$count(logEntries, where) : null,
  ]);
  return { rows: rows.slice(0, filter.limit).map(toDto), more: rows.length > filter.limit, total };
}

/** One log entry. Throws `not_found`. */
export async function getWireLogEntry(ctx: Context, id: string): Promise<WireLogEntryDto> {
  const { rows } = await listWireLogEntries(ctx, { ids: [id], limit: 1, offset: 0 });
  const [entry] = rows;
  if (!entry) throw new AppError("not_found", "There is no such log entry.", { wireCode: 5001 });
  return entry;
}

function conditions(db: Database, filter: WireLogEntryFilter): (SQL | undefined)[] {
  const ofTeams = db
    .select({ id: incidents.id })
    .from(incidents)
    .innerJoin(services, eq(services.id, incidents.serviceId))
    .where(inArray(services.teamId, [...(filter.teamIds ?? [])]));
  return [
    filter.ids ? inArray(logEntries.id, [...filter.ids]) : undefined,
    filter.incidentId === undefined ? undefined : eq(logEntries.incidentId, filter.incidentId),
    filter.types?.length ? inArray(logEntries.type, [...filter.types]) : undefined,
    filter.classes?.length ? inArray(logEntries.class, [...filter.classes]) : undefined,
    filter.teamIds?.length ? inArray(logEntries.incidentId, ofTeams) : undefined,
    filter.since ? gte(logEntries.at, filter.since) : undefined,
    filter.until ? lt(logEntries.at, filter.until) : undefined,
  ];
}

function selectLogEntries(db: Database) {
  return db
    .select({
      entry: logEntries,
      person: { id: users.id, name: users.name },
      incident: { id: incidents.id, number: incidents.number, title: incidents.title },
      service: { id: services.id, name: services.name, slug: services.slug },
      team: { id: teams.id, name: teams.name, slug: teams.slug },
    })
    .from(logEntries)
    .innerJoin(incidents, eq(incidents.id, logEntries.incidentId))
    .innerJoin(services, eq(services.id, incidents.serviceId))
    .leftJoin(teams, eq(teams.id, services.teamId))
    .leftJoin(users, eq(users.id, logEntries.userId));
}

type Row = Awaited<ReturnType<typeof selectLogEntries>>[number];

function toDto({ entry, ...row }: Row): WireLogEntryDto {
  const { id, type, class: entryClass, at, channel, note, data } = entry;
  const actor = { type: entry.actorType, id: entry.actorId, name: entry.actorName };
  return { id, type, class: entryClass, at, actor, channel, note, data, ...row };
}
