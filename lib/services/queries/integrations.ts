import { and, asc, eq, inArray, isNull, sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import { intakeFloods } from "#db/schema/events";
import { integrations, services } from "#db/schema/services";
import { requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { AppError } from "#lib/errors";
import { hasPermission } from "#lib/people/permissions";
import type { IntegrationType } from "#lib/services/integration";

export type IntegrationDto = {
  id: string;
  serviceId: string;
  serviceName: string;
  name: string;
  type: IntegrationType;
  vendorId: string | null;
  /** Null for those who may only look: whoever has the key can page the service. */
  key: string | null;
  /** Until when the key before this one is accepted as well; null: there is none. */
  previousKeyUntil: string | null;
  /** The last four characters of that key; null for those who may only look. */
  previousKeyEnd: string | null;
  lastEventAt: string | null;
  createdAt: string;
  /** It sends more than its limit since then; what was stored together with others, and what was refused. Null: it doesn't. */
  flood: { beganAt: string; coalesced: number; refused: number } | null;
};

/** The live integrations of a service, oldest first. */
export async function listIntegrations(ctx: Context, serviceId: string): Promise<IntegrationDto[]> {
  requirePermission(ctx.actor, "read");
  return selectIntegrations(ctx, eq(integrations.serviceId, serviceId));
}

/** The live integrations of several services, oldest first. */
export async function listIntegrationsOf(
  ctx: Context,
  serviceIds: readonly string[],
): Promise<IntegrationDto[]> {
  requirePermission(ctx.actor, "read");
  return serviceIds.length === 0
    ? []
    : selectIntegrations(ctx, inArray(integrations.serviceId, [...serviceIds]));
}

/** One live integration. Throws `not_found`. */
export async function getIntegration(ctx: Context, integrationId: string): Promise<IntegrationDto> {
  requirePermission(ctx.actor, "read");
  const [integration] = await selectIntegrations(ctx, eq(integrations.id, integrationId));
  if (!integration) throw new AppError("not_found", "There is no such integration.", { wireCode: 2100 });
  return integration;
}

async function selectIntegrations(ctx: Context, which: SQL): Promise<IntegrationDto[]> {
  const rows = await ctx.db
    .select({
      integration: integrations,
      serviceName: services.name,
      flood: intakeFloods,
      isOverlapping: sql<boolean>`coalesce(${integrations.previousKeyUntil} > now(), false)`,
    })
    .from(integrations)
    .innerJoin(services, eq(services.id, integrations.serviceId))
    .leftJoin(
      intakeFloods,
      and(eq(intakeFloods.integrationId, integrations.id), isNull(intakeFloods.endedAt)),
    )
    .where(and(which, isNull(integrations.deletedAt), isNull(services.deletedAt)))
    .orderBy(asc(integrations.createdAt), asc(integrations.id));
  const maySeeKey = hasPermission(ctx.actor.role, "incident.respond");
  return rows.map(({ integration, serviceName, flood, isOverlapping }) => ({
    id: integration.id,
    serviceId: integration.serviceId,
    serviceName,
    name: integration.name,
    type: integration.type,
    vendorId: integration.vendorId,
    key: maySeeKey ? integration.key : null,
    previousKeyUntil: isOverlapping ? (integration.previousKeyUntil?.toISOString() ?? null) : null,
    previousKeyEnd: isOverlapping && maySeeKey ? (integration.previousKey?.slice(-4) ?? null) : null,
    lastEventAt: integration.lastEventAt?.toISOString() ?? null,
    createdAt: integration.createdAt.toISOString(),
    flood: flood && {
      beganAt: flood.beganAt.toISOString(),
      coalesced: flood.coalesced,
      refused: flood.refused,
    },
  }));
}
