import { and, asc, eq, gt, isNull, ne, or } from "drizzle-orm";
import { calendarSpans } from "#db/schema/calendars";
import { escalationLevels, escalationPolicies, escalationTargets } from "#db/schema/escalation";
import { incidentAssignments, incidents } from "#db/schema/incidents";
import {
  scheduleLayerMembers,
  scheduleLayers,
  scheduleOverrides,
  schedules,
  scheduleVersions,
} from "#db/schema/schedules";
import { readNow, requirePermission } from "#lib/context";
import type { Context, Transaction } from "#lib/context";
import type { Database } from "#db/connect";

/** What counts on a person right now, and must be taken over when they go. */
export type Obligations = {
  openIncidents: { id: string; number: number; title: string }[];
  /** Live policies that name the person directly or as their fallback. */
  policies: { id: string; name: string; slug: string }[];
  /** Live schedules with the person in the version in force, in a calendar that it follows, or in an override still to come. */
  schedules: { id: string; name: string; slug: string }[];
};

/** What counts on this person right now. */
export async function getObligations(ctx: Context, userId: string): Promise<Obligations> {
  requirePermission(ctx.actor, "read");
  return loadObligations(ctx.db, userId, await readNow(ctx.db));
}

/** As `getObligations`, inside a transaction and for its instant. */
export async function loadObligations(
  db: Database | Transaction,
  userId: string,
  at: Date,
): Promise<Obligations> {
  const [openIncidents, policies, ofSchedules] = await Promise.all([
    db
      .select({ id: incidents.id, number: incidents.number, title: incidents.title })
      .from(incidentAssignments)
      .innerJoin(incidents, eq(incidents.id, incidentAssignments.incidentId))
      .where(and(eq(incidentAssignments.userId, userId), ne(incidents.status, "resolved")))
      .orderBy(asc(incidents.number)),
    db
      .selectDistinct({
        id: escalationPolicies.id,
        name: escalationPolicies.name,
        slug: escalationPolicies.slug,
      })
      .from(escalationPolicies)
      .leftJoin(escalationLevels, eq(escalationLevels.policyId, escalationPolicies.id))
      .leftJoin(escalationTargets, eq(escalationTargets.levelId, escalationLevels.id))
      .where(
        and(
          isNull(escalationPolicies.deletedAt),
          or(eq(escalationTargets.userId, userId), eq(escalationPolicies.fallbackUserId, userId)),
        ),
      )
      .orderBy(asc(escalationPolicies.name)),
    loadSchedulesOf(db, userId, at),
  ]);
  return { openIncidents, policies, schedules: ofSchedules };
}

/** Live schedules that name the person, from then on. */
export function loadSchedulesOf(
  db: Database | Transaction,
  userId: string,
  at: Date,
): Promise<{ id: string; name: string; slug: string }[]> {
  const named = { id: schedules.id, name: schedules.name, slug: schedules.slug };
  const inLayers = db
    .selectDistinct(named)
    .from(scheduleLayerMembers)
    .innerJoin(scheduleLayers, eq(scheduleLayers.id, scheduleLayerMembers.layerRowId))
    .innerJoin(scheduleVersions, eq(scheduleVersions.id, scheduleLayers.versionId))
    .innerJoin(schedules, eq(schedules.id, scheduleVersions.scheduleId))
    .where(
      and(
        eq(scheduleLayerMembers.userId, userId),
        isNull(scheduleVersions.effectiveTo),
        or(isNull(scheduleLayers.endsAt), gt(scheduleLayers.endsAt, at)),
        isNull(schedules.deletedAt),
      ),
    );
  const inOverrides = db
    .selectDistinct(named)
    .from(scheduleOverrides)
    .innerJoin(schedules, eq(schedules.id, scheduleOverrides.scheduleId))
    .where(
      and(
        eq(scheduleOverrides.userId, userId),
        isNull(scheduleOverrides.removedAt),
        gt(scheduleOverrides.endsAt, at),
        isNull(schedules.deletedAt),
      ),
    );
  const inCalendars = db
    .selectDistinct(named)
    .from(calendarSpans)
    .innerJoin(scheduleLayers, eq(scheduleLayers.calendarId, calendarSpans.calendarId))
    .innerJoin(scheduleVersions, eq(scheduleVersions.id, scheduleLayers.versionId))
    .innerJoin(schedules, eq(schedules.id, scheduleVersions.scheduleId))
    .where(
      and(
        eq(calendarSpans.userId, userId),
        gt(calendarSpans.endsAt, at),
        isNull(scheduleVersions.effectiveTo),
        isNull(schedules.deletedAt),
      ),
    );
  return inLayers.union(inOverrides).union(inCalendars).orderBy(asc(schedules.name));
}
