import { isNews } from "#lib/notifications/vocabulary";
import { and, eq, inArray, sql } from "drizzle-orm";
import type { Database } from "#db/connect";
import { incidentAssignments, incidents, pendingActions, priorities } from "#db/schema/incidents";
import { deliveries, pages } from "#db/schema/notifications";
import { contactMethods, teams, users } from "#db/schema/people";
import { services } from "#db/schema/services";
import { signOneTap } from "#lib/crypto/one-tap-token";
import { decryptSecret } from "#lib/crypto/secret";
import { env } from "#lib/env";
import type { Destination } from "#lib/notifications/channels/channel";
import { checkSend } from "#lib/notifications/delivery";
import type { SendCheck } from "#lib/notifications/delivery";
import { nextTargetNames } from "#lib/notifications/next-consequence";
import type { PageFacts } from "#lib/notifications/page-facts";

export const CONTACT_SECRET = "contact-method";

export type ReadyDelivery = { check: SendCheck; facts: PageFacts; destination: Destination };

/**
 * Everything sends need, read at the last moment in one statement: whether each is still wanted, the message, the address. By delivery;
 * those that don't exist any more are missing.
 */
export async function readReadyDeliveries(
  db: Database,
  deliveryIds: readonly string[],
): Promise<Map<string, ReadyDelivery>> {
  const rows = await readRows(db, deliveryIds);
  return new Map(rows.map((row) => [row.delivery.id, ready(row)]));
}

function ready(row: Row): ReadyDelivery {
  return {
    check: checkSend({
      pageActive: row.page.state === "active",
      reason: row.page.reason,
      incident: row.incident && { status: row.incident.status, assigned: row.assigned },
      personActive: row.person.deactivatedAt === null,
      // An address that is no contact method (any more) is the account's own, which can't be switched off.
      methodEnabled: row.method?.enabled ?? true,
    }),
    facts: factsOf(row),
    destination: {
      address: row.delivery.address,
      secret: row.method?.secret ? decryptSecret(row.method.secret, CONTACT_SECRET) : null,
      onlyProviderId: row.delivery.channelProviderId,
    },
  };
}

type Row = Awaited<ReturnType<typeof readRows>>[number];

function readRows(db: Database, deliveryIds: readonly string[]) {
  return db
    .select({
      delivery: deliveries,
      page: pages,
      person: users,
      method: contactMethods,
      incident: incidents,
      serviceName: services.name,
      detailsWithheld: services.withholdDetails,
      runbookUrl: services.runbookUrl,
      teamName: teams.name,
      priority: priorities.name,
      escalatesAt: pendingActions.at,
      assigned: sql<boolean>`${incidentAssignments.userId} is not null`,
      nowMs: sql<string>`(extract(epoch from now()) * 1000)::bigint::text`,
    })
    .from(deliveries)
    .innerJoin(pages, eq(pages.id, deliveries.pageId))
    .innerJoin(users, eq(users.id, deliveries.userId))
    .leftJoin(contactMethods, eq(contactMethods.id, deliveries.contactMethodId))
    .leftJoin(incidents, eq(incidents.id, deliveries.incidentId))
    .leftJoin(services, eq(services.id, incidents.serviceId))
    .leftJoin(teams, eq(teams.id, services.teamId))
    .leftJoin(priorities, eq(priorities.id, incidents.priorityId))
    .leftJoin(
      incidentAssignments,
      and(
        eq(incidentAssignments.incidentId, incidents.id),
        eq(incidentAssignments.userId, deliveries.userId),
      ),
    )
    .leftJoin(
      pendingActions,
      and(eq(pendingActions.incidentId, incidents.id), eq(pendingActions.type, "escalate")),
    )
    .where(inArray(deliveries.id, [...deliveryIds]));
}

function factsOf(row: Row): PageFacts {
  const { delivery, page, person } = row;
  const at = new Date(Number(row.nowMs));
  const { url } = env();
  const settings = `${url}/me/notifications`;
  const token = signOneTap(
    {
      incidentId: delivery.incidentId,
      userId: person.id,
      deliveryId: delivery.id,
      channel: delivery.channel,
    },
    at,
  );
  // What others did or wrote is news, not a page to act on.
  const news = isNews(page.reason);
  const isRequest = page.reason === "requested";
  return {
    deliveryId: delivery.id,
    pageId: page.id,
    channel: delivery.channel,
    incident: news ? null : incidentOf(row),
    notice: isRequest ? null : page.notice,
    bundle: [],
    asked: isRequest && page.notice ? [page.notice.title, ...page.notice.lines].join(": ") : null,
    urgency: page.urgency,
    reason: page.reason,
    level: page.level,
    person: { id: person.id, name: person.name, timeZone: person.timeZone },
    nextConsequence: news || isRequest ? null : nextConsequenceOf(row),
    expiresAt: delivery.expiresAt,
    at,
    links: {
      open: page.reason === "self_test" ? `${url}/a/${token}` : `${url}${pathOf(row)}`,
      oneTap: `${url}/a/${token}`,
      settings,
    },
  };
}

function incidentOf({
  incident,
  priority,
  serviceName,
  teamName,
  detailsWithheld,
  runbookUrl,
}: Row): PageFacts["incident"] {
  if (!incident) return null;
  const { id, number, title, body, status, urgency, createdAt } = incident;
  return {
    id,
    number,
    title,
    body,
    status,
    urgency,
    priority,
    createdAt,
    serviceName: serviceName ?? "",
    teamName,
    detailsWithheld: detailsWithheld ?? false,
    runbookUrl,
  };
}

function pathOf({ incident, page }: Row): string {
  return incident ? `/incidents/${incident.number}` : (page.notice?.path ?? "/me/notifications");
}

function nextConsequenceOf({ incident, escalatesAt }: Row): PageFacts["nextConsequence"] {
  if (!incident || !escalatesAt) return null;
  const to = nextTargetNames(incident.policySnapshot, incident.level, incident.loop);
  return to === null ? null : { at: escalatesAt, to };
}
