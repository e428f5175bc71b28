import { sql } from "drizzle-orm";
import { readNow } from "#lib/context";
import type { Context } from "#lib/context";
import { loadLevelsNow, peopleOfLevel } from "#lib/escalation/queries/levels-now";
import type { PersonRef } from "#lib/people/queries/person-refs";
import type { ServiceDto } from "#lib/services/queries/load-services";
import { listServices } from "#lib/services/queries/services";
import type { ServiceFilter } from "#lib/services/queries/services";

const DAYS = 30;

export type CatalogueEntry = ServiceDto & {
  /** Who each level of the service's policy would tell now, level 1 first. */
  onCall: { level: number; people: PersonRef[] }[];
  /** Incidents opened in each of the last 30 stretches of 24 hours, the last one ending now. */
  dailyIncidents: number[];
};

/** The service catalogue: what `listServices` says, who is on call for each and how busy its last 30 days were. */
export async function listCatalogue(
  ctx: Context,
  filter: ServiceFilter = {},
): Promise<{ services: CatalogueEntry[]; total: number }> {
  const [{ services, total }, now] = await Promise.all([listServices(ctx, filter), readNow(ctx.db)]);
  const policyIds = [...new Set(services.map(({ policy }) => policy.id))];
  const [levels, counts] = await Promise.all([
    loadLevelsNow(ctx.db, policyIds, now),
    countDailyIncidents(
      ctx,
      services.map(({ id }) => id),
    ),
  ]);
  return {
    total,
    services: services.map((service) => ({
      ...service,
      onCall: (levels.get(service.policy.id) ?? []).map((level) => ({
        level: level.position,
        people: peopleOfLevel(level),
      })),
      dailyIncidents: counts.get(service.id) ?? Array.from({ length: DAYS }, () => 0),
    })),
  };
}

/** Incidents opened in each of the last 30 × 24 hours by service; services without any are left out. */
async function countDailyIncidents(ctx: Context, serviceIds: string[]): Promise<Map<string, number[]>> {
  if (serviceIds.length === 0) return new Map();
  const rows = await ctx.db.execute<{ service_id: string; age: number; opened: number }>(sql`
    select service_id, floor(extract(epoch from now() - created_at) / 86400)::int as age, count(*)::int as opened
    from incidents
    where created_at > now() - make_interval(days => ${DAYS}) and created_at <= now()
      and merged_into_id is null
      and service_id in ${serviceIds}
    group by 1, 2`);
  const counts = new Map<string, number[]>();
  for (const { service_id: id, age, opened } of rows) {
    const days = counts.get(id) ?? Array.from({ length: DAYS }, () => 0);
    counts.set(id, days);
    if (age < DAYS) days[DAYS - 1 - age] = opened;
  }
  return counts;
}
