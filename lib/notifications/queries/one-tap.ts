import { isNews } from "#lib/notifications/vocabulary";
import { and, asc, eq, inArray, sql } from "drizzle-orm";
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
import { readOwnVerdict } from "#lib/incidents/queries/own-verdict";
import { nextTargetNames } from "#lib/notifications/next-consequence";
import type { OneTapListItem } from "#lib/notifications/one-tap-list";
import type { OneTapView } from "#lib/notifications/one-tap-page";
import type { Notice, PageReason } from "#lib/notifications/vocabulary";
import { readShortLink } from "#lib/notifications/queries/short-link";

export type OneTapAccess =
  | { kind: "invalid" | "expired" | "gone" }
  | { kind: "test"; ctx: Context; oneTap: OneTap; personName: string }
  | { kind: "request"; ctx: Context; oneTap: OneTap; incidentId: string; asked: string }
  | { kind: "bundle"; ctx: Context; oneTap: OneTap; incidentIds: string[] }
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
  const { reason, notice, together } = await readMessage(db, oneTap.deliveryId);
  if (incidentId === null || (reason !== null && isNews(reason)))
    return { kind: "test", ctx, oneTap, personName: person.name };
  if (reason === "requested" && notice) {
    return { kind: "request", ctx, oneTap, incidentId, asked: [notice.title, ...notice.lines].join(": ") };
  }
  if (together.length > 1) return { kind: "bundle", ctx, oneTap, incidentIds: together };
  return { kind: "incident", ctx, oneTap, incidentId };
}

type Message = { reason: PageReason | null; notice: Notice | null; together: string[] };

/** What a message was about beside its incident, and every incident it told of. */
async function readMessage(db: Database, deliveryId: string): Promise<Message> {
  const [row] = await db.execute<Message>(sql`
    select p.reason, p.notice, array(
      select distinct o.incident_id from deliveries o
      where o.bundle_id = d.bundle_id and o.incident_id is not null and o.state <> 'cancelled' order by 1
    ) as together
    from deliveries d join pages p on p.id = d.page_id where d.id = ${deliveryId}`);
  return row ?? { reason: null, notice: null, together: [] };
}

/** The incidents of a message about several as its page lists them, oldest first. */
export async function readOneTapList(
  ctx: Context,
  incidentIds: readonly string[],
): Promise<OneTapListItem[]> {
  return ctx.db
    .select({
      id: incidents.id,
      number: incidents.number,
      title: incidents.title,
      status: incidents.status,
      serviceName: services.name,
    })
    .from(incidents)
    .innerJoin(services, eq(services.id, incidents.serviceId))
    .where(inArray(incidents.id, [...incidentIds]))
    .orderBy(asc(incidents.number));
}

/** The incident as the one-tap page shows it; null when it does not exist any more. */
export async function readOneTapView(ctx: Context, incidentId: string): Promise<OneTapView | null> {
  const [[row], acknowledgers, assignees, verdict] = await Promise.all([
    ctx.db
      .select({
        incident: incidents,
        serviceName: services.name,
        runbookUrl: services.runbookUrl,
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
    readOwnVerdict(ctx.db, { incidentId, userId: ctx.actor.id }),
  ]);
  if (!row) return null;
  const { incident, serviceName, runbookUrl, teamName, priority, escalatesAt } = row;
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
    runbookUrl,
    verdict,
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
