import { and, asc, eq, inArray, isNull, ne, sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import type { Database } from "#db/connect";
import { escalationPolicies } from "#db/schema/escalation";
import { incidents } from "#db/schema/incidents";
import { teams } from "#db/schema/people";
import { integrations, services } from "#db/schema/services";
import type { SupportHoursBoundary } from "#lib/alerts/support-hours";
import { healthOf } from "#lib/services/health";
import type { Health, OpenIncidents } from "#lib/services/health";
import type { IntegrationType } from "#lib/services/integration";
import type { ServiceLink, SupportHours, UrgencyRule } from "#lib/services/service";

export type ServiceDto = {
  id: string;
  slug: string;
  name: string;
  description: string | null;
  tier: number;
  health: Health;
  openIncidents: OpenIncidents;
  team: { id: string; name: string; slug: string } | null;
  policy: { id: string; name: string; slug: string; teamId: string | null };
  urgencyRule: UrgencyRule;
  supportHours: SupportHours | null;
  acknowledgementTimeout: number | null;
  autoResolveTimeout: number | null;
  reopenWithin: number | null;
  /** When open low-urgency incidents become high by themselves. */
  raiseUrgencyAt: SupportHoursBoundary | null;
  escalateLowUrgency: boolean;
  /** Sends of low urgency wait for the support hours. */
  queueLowUrgency: boolean;
  /** Texts and calls about its incidents leave out what happened. */
  withholdDetails: boolean;
  /** Labels of its incidents: what part of the product, which piece of it. */
  feature: string | null;
  component: string | null;
  /** Customers meet it directly; what was promised them, per cent of a month. */
  customerFacing: boolean;
  availabilityTarget: number | null;
  runbookUrl: string | null;
  links: ServiceLink[];
  disabledAt: string | null;
  lastIncidentAt: string | null;
  createdAt: string;
  updatedAt: string;
  integrations: { id: string; name: string; type: IntegrationType }[];
};

/** Open incidents of each service that has any. */
export function openIncidentsOf(db: Database) {
  return db
    .select({
      serviceId: incidents.serviceId,
      triggered: sql<number>`(count(*) filter (where ${incidents.status} = 'triggered'))::int`.as(
        "triggered",
      ),
      acknowledged: sql<number>`(count(*) filter (where ${incidents.status} = 'acknowledged'))::int`.as(
        "acknowledged",
      ),
    })
    .from(incidents)
    .where(ne(incidents.status, "resolved"))
    .groupBy(incidents.serviceId)
    .as("open_incidents");
}

type OpenSubquery = ReturnType<typeof openIncidentsOf>;

/** The health of a service in SQL; agrees with `healthOf`. */
export function healthExpression(open: OpenSubquery): SQL<Health> {
  return sql<Health>`case when ${services.disabledAt} is not null then 'disabled' when ${open.triggered} > 0 then 'critical' when ${open.acknowledged} > 0 then 'warning' else 'active' end`;
}

/** Services with their team, policy and open incidents; the caller filters, sorts and limits. */
export function selectServices(db: Database, open: OpenSubquery) {
  return db
    .select({
      service: services,
      team: { id: teams.id, name: teams.name, slug: teams.slug },
      policy: {
        id: escalationPolicies.id,
        name: escalationPolicies.name,
        slug: escalationPolicies.slug,
        teamId: escalationPolicies.teamId,
      },
      triggered: open.triggered,
      acknowledged: open.acknowledged,
    })
    .from(services)
    .innerJoin(escalationPolicies, eq(escalationPolicies.id, services.escalationPolicyId))
    .leftJoin(teams, eq(teams.id, services.teamId))
    .leftJoin(open, eq(open.serviceId, services.id))
    .$dynamic();
}

export type ServiceRow = Awaited<ReturnType<typeof selectServices>>[number];

/** Adds the integrations (one query) and turns rows into DTOs. */
export async function toServiceDtos(db: Database, rows: readonly ServiceRow[]): Promise<ServiceDto[]> {
  if (rows.length === 0) return [];
  const ids = rows.map(({ service }) => service.id);
  const found = await db
    .select({
      serviceId: integrations.serviceId,
      id: integrations.id,
      name: integrations.name,
      type: integrations.type,
    })
    .from(integrations)
    .where(and(inArray(integrations.serviceId, ids), isNull(integrations.deletedAt)))
    .orderBy(asc(integrations.createdAt), asc(integrations.id));
  const ofService = Map.groupBy(found, ({ serviceId }) => serviceId);
  return rows.map((row) => toServiceDto(row, ofService.get(row.service.id) ?? []));
}

function toServiceDto(
  { service, team, policy, triggered, acknowledged }: ServiceRow,
  found: readonly ServiceDto["integrations"][number][],
): ServiceDto {
  const openIncidents = { triggered: triggered ?? 0, acknowledged: acknowledged ?? 0 };
  return {
    id: service.id,
    slug: service.slug,
    name: service.name,
    description: service.description,
    tier: service.tier,
    health: healthOf(service.disabledAt !== null, openIncidents),
    openIncidents,
    team,
    policy,
    urgencyRule: service.urgencyRule,
    supportHours: service.supportHours,
    acknowledgementTimeout: service.acknowledgementTimeout,
    autoResolveTimeout: service.autoResolveTimeout,
    reopenWithin: service.reopenWithin,
    raiseUrgencyAt: service.raiseUrgencyAt,
    escalateLowUrgency: service.escalateLowUrgency,
    queueLowUrgency: service.queueLowUrgency,
    withholdDetails: service.withholdDetails,
    feature: service.feature,
    component: service.component,
    customerFacing: service.customerFacing,
    availabilityTarget: service.availabilityTarget,
    runbookUrl: service.runbookUrl,
    links: service.links,
    disabledAt: service.disabledAt?.toISOString() ?? null,
    lastIncidentAt: service.lastIncidentAt?.toISOString() ?? null,
    createdAt: service.createdAt.toISOString(),
    updatedAt: service.updatedAt.toISOString(),
    integrations: found.map(({ id, name, type }) => ({ id, name, type })),
  };
}
