import { and, count, desc, eq, gte, inArray, isNotNull, isNull, lt, ne, or, sql } from "drizzle-orm";
import { escalationLevels, escalationPolicies, escalationTargets } from "#db/schema/escalation";
import { incidentFacts } from "#db/schema/incident-facts";
import { incidentAssignments, incidents } from "#db/schema/incidents";
import { pages } from "#db/schema/notifications";
import { auditRecords } from "#db/schema/organisation";
import { services } from "#db/schema/services";
import { readNow, requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { loadIncidentRows } from "#lib/incidents/queries/load-rows";
import type { IncidentRowDto } from "#lib/incidents/schemas";

const MOST_INCIDENTS = 100;
const MOST_CHANGES = 20;
const MOST_SERVICES = 5;

export type HandOffChange = {
  id: string;
  at: string;
  by: string;
  action: string;
  objectType: string;
  objectName: string;
};

export type HandOffWork = {
  /** Not resolved, of the services that the schedule is on call for, or with those who go. */
  open: IncidentRowDto[];
  /** Those of them that are asleep now, by when they wake. */
  snoozed: IncidentRowDto[];
  /** What was changed about who is told of what, since the shift began. */
  changes: HandOffChange[];
  /** What the shift was like. */
  noise: {
    incidents: number;
    highUrgency: number;
    /** Resolved by a machine. */
    resolvedByThemselves: number;
    /** Pages about incidents to those who go. */
    pages: number;
    services: { name: string; slug: string; incidents: number }[];
  };
};

export type WorkOf = { scheduleId: string; outgoing: readonly string[]; since: Date; at: Date };

/** What those who come should know at a hand-off: what is open, what was changed, what kept the shift busy. */
export async function readHandOffWork(ctx: Context, of: WorkOf): Promise<HandOffWork> {
  requirePermission(ctx.actor, "read");
  const [now, covered] = await Promise.all([readNow(ctx.db), loadCovered(ctx, of.scheduleId)]);
  const end = of.at < now ? of.at : now;
  const [rows, changes, noise] = await Promise.all([
    readOpen(ctx, of, covered.serviceIds, now),
    readChanges(ctx, of, covered, now),
    readNoise(ctx, of, covered.serviceIds, end),
  ]);
  return {
    open: rows.filter(({ snoozedUntil }) => snoozedUntil === null),
    snoozed: rows
      .filter(({ snoozedUntil }) => snoozedUntil !== null)
      .toSorted((a, b) => ((a.snoozedUntil ?? "") < (b.snoozedUntil ?? "") ? -1 : 1)),
    changes,
    noise,
  };
}

type Covered = { policyIds: string[]; serviceIds: string[] };

/** The live policies that name the schedule, and their services. */
async function loadCovered({ db }: Context, scheduleId: string): Promise<Covered> {
  const rows = await db
    .selectDistinct({ policyId: escalationPolicies.id, serviceId: services.id })
    .from(escalationTargets)
    .innerJoin(escalationLevels, eq(escalationLevels.id, escalationTargets.levelId))
    .innerJoin(escalationPolicies, eq(escalationPolicies.id, escalationLevels.policyId))
    .leftJoin(
      services,
      and(eq(services.escalationPolicyId, escalationPolicies.id), isNull(services.deletedAt)),
    )
    .where(and(eq(escalationTargets.scheduleId, scheduleId), isNull(escalationPolicies.deletedAt)));
  return {
    policyIds: [...new Set(rows.map(({ policyId }) => policyId))],
    serviceIds: [...new Set(rows.flatMap(({ serviceId }) => serviceId ?? []))],
  };
}

async function readOpen(
  { db }: Context,
  { outgoing }: WorkOf,
  serviceIds: string[],
  now: Date,
): Promise<IncidentRowDto[]> {
  const withThem = db
    .select({ one: sql`1` })
    .from(incidentAssignments)
    .where(
      and(
        eq(incidentAssignments.incidentId, incidents.id),
        inArray(incidentAssignments.userId, [...outgoing, ""]),
      ),
    );
  const found = await db
    .select({ id: incidents.id })
    .from(incidents)
    .where(
      and(
        ne(incidents.status, "resolved"),
        isNull(incidents.mergedIntoId),
        or(inArray(incidents.serviceId, [...serviceIds, ""]), sql`exists ${withThem}`),
      ),
    )
    .orderBy(desc(incidents.createdAt))
    .limit(MOST_INCIDENTS);
  const rows = await loadIncidentRows(
    db,
    found.map(({ id }) => id),
    now,
  );
  return rows.map(({ dto }) => dto);
}

async function readChanges(
  { db }: Context,
  { scheduleId, since }: WorkOf,
  { policyIds, serviceIds }: Covered,
  now: Date,
): Promise<HandOffChange[]> {
  const { after, before, objectId, objectType } = auditRecords;
  const rows = await db
    .select()
    .from(auditRecords)
    .where(
      and(
        gte(auditRecords.at, since),
        lt(auditRecords.at, new Date(now.getTime() + 1)),
        or(
          and(eq(objectType, "schedule"), eq(objectId, scheduleId)),
          and(
            inArray(objectType, ["override", "cover_request"]),
            sql`${scheduleId} in (${after} ->> 'scheduleId', ${before} ->> 'scheduleId')`,
          ),
          and(eq(objectType, "escalation_policy"), inArray(objectId, [...policyIds, ""])),
          and(eq(objectType, "service"), inArray(objectId, [...serviceIds, ""])),
        ),
      ),
    )
    .orderBy(desc(auditRecords.at), desc(auditRecords.id))
    .limit(MOST_CHANGES);
  return rows.map(({ id, at, actorName, action, objectType: type, objectName }) => ({
    id,
    at: at.toISOString(),
    by: actorName,
    action,
    objectType: type,
    objectName,
  }));
}

async function readNoise(
  { db }: Context,
  { outgoing, since }: WorkOf,
  serviceIds: string[],
  end: Date,
): Promise<HandOffWork["noise"]> {
  const inShift = and(
    inArray(incidentFacts.serviceId, [...serviceIds, ""]),
    gte(incidentFacts.createdAt, since),
    lt(incidentFacts.createdAt, end),
    eq(incidentFacts.merged, false),
  );
  const [[totals], byService, [paged]] = await Promise.all([
    db
      .select({
        incidents: count(),
        highUrgency: sql<number>`count(*) filter (where ${incidentFacts.urgency} = 'high')::int`,
        resolvedByThemselves: sql<number>`count(*) filter (where ${incidentFacts.autoResolved})::int`,
      })
      .from(incidentFacts)
      .where(inShift),
    db
      .select({ name: services.name, slug: services.slug, incidents: count() })
      .from(incidentFacts)
      .innerJoin(services, eq(services.id, incidentFacts.serviceId))
      .where(inShift)
      .groupBy(services.id)
      .orderBy(desc(count()), services.name)
      .limit(MOST_SERVICES),
    db
      .select({ pages: count() })
      .from(pages)
      .where(
        and(
          inArray(pages.userId, [...outgoing, ""]),
          isNotNull(pages.incidentId),
          gte(pages.createdAt, since),
          lt(pages.createdAt, end),
        ),
      ),
  ]);
  return {
    incidents: totals?.incidents ?? 0,
    highUrgency: totals?.highUrgency ?? 0,
    resolvedByThemselves: totals?.resolvedByThemselves ?? 0,
    pages: paged?.pages ?? 0,
    services: byService,
  };
}
