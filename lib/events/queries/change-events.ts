import { and, desc, eq, gt, inArray, lte, or, sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import { changeEvents } from "#db/schema/events";
import { incidents } from "#db/schema/incidents";
import { integrations, serviceDependencies, services } from "#db/schema/services";
import { requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import type { EventLink } from "#lib/events/event";
import { decodeCursor, encodeCursor, instantCursor, pageOf } from "#lib/http/paging";

export type ChangeEventDto = {
  id: string;
  summary: string;
  source: string | null;
  /** When it was made, as its sender says; never later than it was received. */
  at: string;
  links: EventLink[];
  customDetails: unknown;
  service: { id: string; slug: string; name: string };
  integration: string | null;
};

export type ChangeBeforeDto = ChangeEventDto & {
  /** Milliseconds from the change to the incident. */
  leadMilliseconds: number;
  /** Whether it was made to the incident's own service, or to one that it uses. */
  isOwnService: boolean;
};

export type ChangePage = { changes: ChangeEventDto[]; nextCursor: string | null };

/** How long before an incident a change may have been made to be shown with it. */
const BEFORE_HOURS = 24;
const MOST_BEFORE = 20;
const LIMIT = 20;

/** What was changed on a service, newest first, from the cursor on. */
export async function listServiceChanges(
  ctx: Context,
  input: { serviceId: string; cursor?: string | null; limit?: number },
): Promise<ChangePage> {
  requirePermission(ctx.actor, "read");
  const limit = Math.min(input.limit ?? LIMIT, 100);
  const after = input.cursor ? beyond(input.cursor) : undefined;
  const found = await selectChanges(ctx, and(eq(changeEvents.serviceId, input.serviceId), after), limit + 1);
  const { rows, more } = pageOf(found, limit);
  const last = rows.at(-1);
  return { changes: rows, nextCursor: more && last ? encodeCursor([Date.parse(last.at), last.id]) : null };
}

/**
 * What was changed within a day before an incident was opened, on its service and on those that this one uses, the last change first:
 * at most 20. An incident that does not exist has none.
 */
export async function listChangesBefore(ctx: Context, incidentId: string): Promise<ChangeBeforeDto[]> {
  requirePermission(ctx.actor, "read");
  const [incident] = await ctx.db
    .select({ serviceId: incidents.serviceId, createdAt: incidents.createdAt })
    .from(incidents)
    .where(eq(incidents.id, incidentId));
  if (!incident) return [];
  const opened = incident.createdAt.getTime();
  const used = ctx.db
    .select({ id: serviceDependencies.supportingId })
    .from(serviceDependencies)
    .where(eq(serviceDependencies.dependentId, incident.serviceId));
  const found = await selectChanges(
    ctx,
    and(
      or(eq(changeEvents.serviceId, incident.serviceId), inArray(changeEvents.serviceId, used)),
      lte(changeEvents.at, incident.createdAt),
      gt(changeEvents.at, new Date(opened - BEFORE_HOURS * 3_600_000)),
    ),
    MOST_BEFORE,
  );
  return found.map((change) => ({
    ...change,
    leadMilliseconds: opened - Date.parse(change.at),
    isOwnService: change.service.id === incident.serviceId,
  }));
}

async function selectChanges(ctx: Context, which: SQL | undefined, limit: number): Promise<ChangeEventDto[]> {
  const rows = await ctx.db
    .select({
      change: changeEvents,
      service: { id: services.id, slug: services.slug, name: services.name },
      integration: integrations.name,
    })
    .from(changeEvents)
    .innerJoin(services, eq(services.id, changeEvents.serviceId))
    .leftJoin(integrations, eq(integrations.id, changeEvents.integrationId))
    .where(which)
    .orderBy(desc(changeEvents.at), desc(changeEvents.id))
    .limit(limit);
  return rows.map(({ change, service, integration }) => ({
    id: change.id,
    summary: change.summary,
    source: change.source,
    at: change.at.toISOString(),
    links: change.links,
    customDetails: change.customDetails,
    service,
    integration,
  }));
}

function beyond(cursor: string): SQL {
  const [at, id] = decodeCursor(cursor, instantCursor);
  return sql`(${changeEvents.at}, ${changeEvents.id}) < (${new Date(at).toISOString()}::timestamptz, ${id})`;
}
