import { and, asc, desc, eq, inArray, sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import type { Database } from "#db/connect";
import { alerts } from "#db/schema/events";
import { incidents } from "#db/schema/incidents";
import { integrations, services } from "#db/schema/services";
import type { AlertStatus, Severity } from "#lib/alerts/vocabulary";
import { requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { AppError } from "#lib/errors";

/** An alert with what the public API says about where it belongs. */
export type WireAlertDto = {
  id: string;
  dedupKey: string;
  status: AlertStatus;
  severity: Severity;
  summary: string;
  source: string;
  component: string | null;
  group: string | null;
  class: string | null;
  customDetails: unknown;
  links: { href: string; text: string | null }[];
  images: { src: string; href: string | null; alt: string | null }[];
  client: string | null;
  clientUrl: string | null;
  suppressed: boolean;
  createdAt: Date;
  updatedAt: Date;
  resolvedAt: Date | null;
  service: { id: string; name: string; slug: string };
  integration: { id: string; name: string } | null;
  incident: { id: string; number: number; title: string } | null;
  firstTriggerId: string | null;
};

export type WireAlertFilter = {
  incidentId: string;
  ids?: readonly string[];
  dedupKey?: string | null;
  statuses?: readonly AlertStatus[];
  descending?: boolean;
  sortBy?: "createdAt" | "resolvedAt";
  limit: number;
  offset: number;
  withTotal?: boolean;
};

/** A page of an incident's alerts. */
export async function listWireAlerts(
  ctx: Context,
  filter: WireAlertFilter,
): Promise<{ rows: WireAlertDto[]; more: boolean; total: number | null }> {
  requirePermission(ctx.actor, "read");
  const where = and(...conditions(filter));
  const direction = filter.descending ? desc : asc;
  const [rows, total] = await Promise.all([
    selectAlerts(ctx.db)
      .where(where)
      .orderBy(direction(alerts[filter.sortBy ?? "createdAt"]), direction(alerts.id))
      .limit(filter.limit + 1)
      .offset(filter.offset),
    filter.withTotal ? ctx.db.$count(alerts, where) : null,
  ]);
  return { rows: rows.slice(0, filter.limit).map(toDto), more: rows.length > filter.limit, total };
}

/** One alert of an incident. Throws `not_found`. */
export async function getWireAlert(ctx: Context, incidentId: string, alertId: string): Promise<WireAlertDto> {
  const { rows } = await listWireAlerts(ctx, { incidentId, ids: [alertId], limit: 1, offset: 0 });
  const [alert] = rows;
  if (!alert) throw new AppError("not_found", "There is no such alert.", { wireCode: 5001 });
  return alert;
}

function conditions(filter: WireAlertFilter): (SQL | undefined)[] {
  return [
    eq(alerts.incidentId, filter.incidentId),
    filter.ids ? inArray(alerts.id, [...filter.ids]) : undefined,
    filter.dedupKey ? eq(alerts.dedupKey, filter.dedupKey) : undefined,
    filter.statuses?.length ? inArray(alerts.status, [...filter.statuses]) : undefined,
  ];
}

function selectAlerts(db: Database) {
  return db
    .select({
      alert: alerts,
      service: { id: services.id, name: services.name, slug: services.slug },
      integration: { id: integrations.id, name: integrations.name },
      incident: { id: incidents.id, number: incidents.number, title: incidents.title },
      firstTriggerId: sql<string | null>`(
        select e.id from log_entries e where e.incident_id = ${alerts.incidentId} and e.type = 'trigger' order by e.at, e.id limit 1)`,
    })
    .from(alerts)
    .innerJoin(services, eq(services.id, alerts.serviceId))
    .leftJoin(integrations, eq(integrations.id, alerts.integrationId))
    .leftJoin(incidents, eq(incidents.id, alerts.incidentId));
}

type Row = Awaited<ReturnType<typeof selectAlerts>>[number];

function toDto({ alert, ...row }: Row): WireAlertDto {
  return { ...alert, ...row, updatedAt: alert.resolvedAt ?? alert.lastSeenAt };
}
