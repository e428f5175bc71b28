import { and, asc, eq, sql } from "drizzle-orm";
import type { Database } from "#db/connect";
import {
  incidentAcknowledgements,
  incidentAssignments,
  incidents,
  pendingActions,
  priorities,
} from "#db/schema/incidents";
import { teams, users } from "#db/schema/people";
import { services } from "#db/schema/services";
import type { Actor, Context } from "#lib/context";
import { readNow } from "#lib/context";
import { readOneTap } from "#lib/crypto/one-tap-token";
import type { OneTap } from "#lib/crypto/one-tap-token";
import { env } from "#lib/env";
import { nextTargetNames } from "#lib/notifications/next-consequence";
import type { OneTapView } from "#lib/notifications/one-tap-page";
import { readShortLink } from "#lib/notifications/queries/short-link";

export type OneTapAccess =
  | { kind: "invalid" | "expired" | "gone" }
  | { kind: "test"; ctx: Context; oneTap: OneTap; personName: string }
  | { kind: "incident"; ctx: Context; oneTap: OneTap; incidentId: string };

/** What a one-tap token or the short code of a text opens, and in whose name: the person's own, as they are now. */
export async function openOneTap(db: Database, token: string): Promise<OneTapAccess> {
  const oneTap = (await readShortLink(db, token)) ?? readOneTap(token, await readNow(db));
  if (typeof oneTap === "string") return { kind: oneTap };
  const [person] = await db
    .select({
      name: users.name,
      role: users.role,
      timeZone: users.timeZone,
      deactivatedAt: users.deactivatedAt,
    })
    .from(users)
    .where(eq(users.id, oneTap.userId));
  if (!person || person.deactivatedAt !== null) return { kind: "gone" };
  const actor: Actor = {
    type: "user",
    id: oneTap.userId,
    name: person.name,
    role: person.role,
    channel: oneTap.channel,
    timeZone: person.timeZone,
  };
  const ctx = { db, actor };
  const { incidentId } = oneTap;
  if (incidentId === null) return { kind: "test", ctx, oneTap, personName: person.name };
  return { kind: "incident", ctx, oneTap, incidentId };
}

/** The incident as the one-tap page shows it; null when it does not exist any more. */
export async function readOneTapView(ctx: Context, incidentId: string): Promise<OneTapView | null> {
  const [[row], acknowledgers, assignees] = await Promise.all([
    ctx.db
      .select({
        incident: incidents,
        serviceName: services.name,
        teamName: teams.name,
        priority: priorities.name,
        escalatesAt: pendingActions.at,
        nowMs: sql<string>`(extract(epoch from now()) * 1000)::bigint::text`,
      })
      .from(incidents)
      .innerJoin(services, eq(services.id, incidents.serviceId))
      .leftJoin(teams, eq(teams.id, services.teamId))
      .leftJoin(priorities, eq(priorities.id, incidents.priorityId))
      .leftJoin(
        pendingActions,
        and(eq(pendingActions.incidentId, incidents.id), eq(pendingActions.type, "escalate")),
      )
      .where(eq(incidents.id, incidentId)),
    peopleOf(ctx.db, incidentAcknowledgements, incidentId),
    peopleOf(ctx.db, incidentAssignments, incidentId),
  ]);
  if (!row) return null;
  const { incident, serviceName, teamName, priority, escalatesAt } = row;
  const to = nextTargetNames(incident.policySnapshot, incident.level, incident.loop);
  const { number, title, status, urgency, createdAt, resolvedAt } = incident;
  return {
    number,
    title,
    status,
    urgency,
    priority,
    serviceName,
    teamName,
    createdAt,
    at: new Date(Number(row.nowMs)),
    person: { id: ctx.actor.id ?? "", name: ctx.actor.name, timeZone: ctx.actor.timeZone },
    assignees: assignees.map((person) => person.name),
    acknowledgements: acknowledgers,
    resolved: resolvedAt && { at: resolvedAt, by: incident.lastStatusChangeBy?.name ?? null },
    next: escalatesAt && to !== null ? { at: escalatesAt, to } : null,
    incidentUrl: `${env().url}/incidents/${number}`,
  };
}

function peopleOf(
  db: Database,
  table: typeof incidentAcknowledgements | typeof incidentAssignments,
  incidentId: string,
) {
  return db
    .select({ userId: table.userId, name: users.name, at: table.at })
    .from(table)
    .innerJoin(users, eq(users.id, table.userId))
    .where(eq(table.incidentId, incidentId))
    .orderBy(asc(table.at), asc(table.userId));
}
