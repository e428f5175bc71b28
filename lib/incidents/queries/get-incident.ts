import { and, asc, count, eq, or } from "drizzle-orm";
import { alerts } from "#db/schema/events";
import { incidentFacts } from "#db/schema/incident-facts";
import { incidentAcknowledgements, incidents, pendingActions } from "#db/schema/incidents";
import { users } from "#db/schema/people";
import { services } from "#db/schema/services";
import { readNow, requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { AppError } from "#lib/errors";
import type { Correctable } from "#lib/incidents/corrections";
import { readOwnVerdict } from "#lib/incidents/queries/own-verdict";
import { loadIncidentRows } from "#lib/incidents/queries/load-rows";
import type { IncidentDetailDto } from "#lib/incidents/schemas";

/** One incident by its number ("1042") or id. Throws `not_found`. */
export async function getIncident(ctx: Context, ref: string): Promise<IncidentDetailDto> {
  requirePermission(ctx.actor, "read");
  const number = /^\d{1,9}$/.test(ref) ? Number(ref) : -1;
  const [found] = await ctx.db
    .select({ id: incidents.id })
    .from(incidents)
    .where(or(eq(incidents.id, ref), eq(incidents.number, number)));
  if (!found) throw new AppError("not_found", `There is no incident ${ref}.`, { wireCode: 5001 });
  const now = await readNow(ctx.db);
  const [rows, acknowledgements, pending, related] = await Promise.all([
    loadIncidentRows(ctx.db, [found.id], now),
    ctx.db
      .select({ id: users.id, name: users.name, at: incidentAcknowledgements.at })
      .from(incidentAcknowledgements)
      .innerJoin(users, eq(users.id, incidentAcknowledgements.userId))
      .where(eq(incidentAcknowledgements.incidentId, found.id))
      .orderBy(asc(incidentAcknowledgements.at)),
    ctx.db
      .select()
      .from(pendingActions)
      .where(eq(pendingActions.incidentId, found.id))
      .orderBy(asc(pendingActions.at)),
    loadRelated(ctx, found.id),
  ]);
  const [entry] = rows;
  if (!entry) throw new AppError("not_found", `There is no incident ${ref}.`, { wireCode: 5001 });
  const { row, dto } = entry;
  return {
    ...dto,
    body: row.body,
    level: row.level,
    loop: row.loop,
    assignedVia: row.assignedVia,
    policy: {
      id: row.policySnapshot.policyId,
      name: row.policySnapshot.name,
      levels: row.policySnapshot.levels.length,
    },
    acknowledgements: acknowledgements.map(({ at, ...person }) => ({ ...person, at: at.toISOString() })),
    pending: pending.map(({ type, at, to }) => ({ type, at: at.toISOString(), to })),
    detectionSource: row.detectionSource,
    origin: row.origin,
    startedAt: row.startedAt.toISOString(),
    detectedAt: row.detectedAt.toISOString(),
    mitigatedAt: row.mitigatedAt?.toISOString() ?? null,
    corrected: Object.keys(row.corrections) as Correctable[],
    customersAffected: row.customersAffected,
    causeClass: row.causeClass,
    effortSeconds: row.effortSeconds,
    resolution: row.resolution,
    resolvedVia: row.resolvedVia,
    ...related,
    now: now.toISOString(),
  };
}

async function loadRelated(ctx: Context, incidentId: string) {
  const [ownVerdict, facts, target, open, service] = await Promise.all([
    readOwnVerdict(ctx.db, { incidentId, userId: ctx.actor.id }),
    ctx.db.select().from(incidentFacts).where(eq(incidentFacts.incidentId, incidentId)),
    ctx.db
      .select({ id: incidents.id, number: incidents.number })
      .from(incidents)
      .where(
        eq(
          incidents.id,
          ctx.db.select({ id: incidents.mergedIntoId }).from(incidents).where(eq(incidents.id, incidentId)),
        ),
      ),
    ctx.db
      .select({ open: count() })
      .from(alerts)
      .where(and(eq(alerts.incidentId, incidentId), eq(alerts.status, "triggered"))),
    ctx.db
      .select({ runbookUrl: services.runbookUrl, links: services.links })
      .from(services)
      .innerJoin(incidents, eq(incidents.serviceId, services.id))
      .where(eq(incidents.id, incidentId)),
  ]);
  const [owner] = service;
  return {
    ...lifecycleOf(facts[0]),
    mergedInto: target[0] ?? null,
    openAlerts: open[0]?.open ?? 0,
    runbookUrl: owner?.runbookUrl ?? null,
    links: owner?.links ?? [],
    ownVerdict,
  };
}

/** What the facts say of an incident's life; nothing without them. */
function lifecycleOf(fact: typeof incidentFacts.$inferSelect | undefined) {
  return {
    firstPageAt: iso(fact?.firstPageAt),
    firstAckAt: iso(fact?.firstAckAt),
    engagedAt: iso(fact?.firstEngagedAt),
    mobilisedAt: iso(fact?.mobilisedAt),
    impactStartedAt: iso(fact?.impactStartedAt),
    impactEndedAt: iso(fact?.impactEndedAt),
    feature: fact?.feature ?? null,
    component: fact?.component ?? null,
  };
}

function iso(at: Date | null | undefined): string | null {
  return at ? at.toISOString() : null;
}
