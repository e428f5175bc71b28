import { and, asc, desc, gte, inArray, isNull, lt, or, sql } from "drizzle-orm";
import { alerts } from "#db/schema/events";
import { incidentFacts } from "#db/schema/incident-facts";
import { incidents } from "#db/schema/incidents";
import { maintenanceWindows } from "#db/schema/noise";
import { services } from "#db/schema/services";
import { actedCase, SAID_OF_INCIDENTS } from "#lib/alerts/queries/acted";
import { readNow, requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { concerns, occurrencesFrom } from "#lib/noise/maintenance";
import type { MaintenanceWindow, Repeats } from "#lib/noise/maintenance";
import { withServices } from "#lib/noise/queries/windows";
import { maintenanceBody } from "#lib/noise/schemas";
import type { MaintenanceInput } from "#lib/noise/schemas";
import type { Interval } from "#lib/time/interval";
import { parseInput } from "#lib/parse-input";

const WEEK_MS = 7 * 86_400_000;
const PAST_DAYS = 30;
const MOST_WINDOWS = 500;

export type MaintenanceDto = {
  id: string;
  summary: string;
  state: "running" | "planned" | "over";
  /** The occurrence that runs, the next one, or the last. ISO 8601. */
  startsAt: string;
  endsAt: string;
  repeats: Repeats;
  timeZone: string;
  lastsUntil: string | null;
  label: { field: string; value: string } | null;
  services: { id: string; name: string; slug: string }[];
  /** Alerts that it holds back now. */
  held: number;
};

/** Maintenance windows: those that run, those to come, and those of the last 30 days, in this order. */
export async function listMaintenance(ctx: Context): Promise<MaintenanceDto[]> {
  requirePermission(ctx.actor, "read");
  const now = await readNow(ctx.db);
  const since = new Date(now.getTime() - PAST_DAYS * 86_400_000);
  const rows = await ctx.db
    .select()
    .from(maintenanceWindows)
    .where(or(isNull(maintenanceWindows.endedAt), gte(maintenanceWindows.endedAt, since)))
    .orderBy(desc(maintenanceWindows.startsAt), asc(maintenanceWindows.id))
    .limit(MOST_WINDOWS);
  const windows = await withServices(ctx.db, rows);
  const [names, held] = await Promise.all([loadNames(ctx), loadHeld(ctx)]);
  const listed = windows.flatMap((window) => dtoOf(window, now, since, { names, held }) ?? []);
  const order = { running: 0, planned: 1, over: 2 };
  return listed.toSorted(
    (a, b) =>
      order[a.state] - order[b.state] ||
      (a.state === "over" ? b.endsAt.localeCompare(a.endsAt) : a.startsAt.localeCompare(b.startsAt)),
  );
}

type Known = {
  names: ReadonlyMap<string, { id: string; name: string; slug: string }>;
  held: ReadonlyMap<string, number>;
};

/** Null: it was over before the time that is listed. */
function dtoOf(
  window: MaintenanceWindow,
  now: Date,
  since: Date,
  { names, held }: Known,
): MaintenanceDto | null {
  const { id, summary, repeats, timeZone, label, serviceIds } = window;
  const [next] = occurrencesFrom(window, now.getTime(), 1);
  const ended = window.endedAt ?? window.endsAt;
  if (!next && ended < since) return null;
  const state = stateOf(next, now);
  const heldNow = serviceIds.reduce((sum, serviceId) => sum + (held.get(serviceId) ?? 0), 0);
  return {
    id,
    summary,
    state,
    startsAt: new Date(next?.start ?? window.startsAt.getTime()).toISOString(),
    endsAt: new Date(next?.end ?? ended.getTime()).toISOString(),
    repeats,
    timeZone,
    lastsUntil: window.lastsUntil?.toISOString() ?? null,
    label,
    services: serviceIds.flatMap((serviceId) => names.get(serviceId) ?? []),
    held: state === "running" ? heldNow : 0,
  };
}

function stateOf(next: Interval | undefined, now: Date): MaintenanceDto["state"] {
  if (!next) return "over";
  return next.start <= now.getTime() ? "running" : "planned";
}

async function loadNames(ctx: Context) {
  const rows = await ctx.db
    .select({ id: services.id, name: services.name, slug: services.slug })
    .from(services)
    .where(isNull(services.deletedAt));
  return new Map(rows.map((row) => [row.id, row]));
}

async function loadHeld(ctx: Context): Promise<Map<string, number>> {
  const rows = await ctx.db
    .select({ serviceId: alerts.serviceId, held: sql<number>`count(*)::int` })
    .from(alerts)
    .where(
      sql`${alerts.status} = 'triggered' and ${alerts.incidentId} is null and ${alerts.pausedBy} = 'maintenance'`,
    )
    .groupBy(alerts.serviceId);
  return new Map(rows.map(({ serviceId, held }) => [serviceId, held]));
}

export type MaintenancePreview = {
  /** Alerts in the same hours a week before. */
  alerts: number;
  /** Of them, those whose incident was acted on. */
  actedOn: number;
  incidents: { id: string; number: number; title: string }[];
};

const SHOWN = 5;

/** What a window would have held back in the same hours a week earlier. */
export async function previewMaintenance(ctx: Context, input: MaintenanceInput): Promise<MaintenancePreview> {
  requirePermission(ctx.actor, "read");
  const { serviceIds, label, startsAt, endsAt } = parseInput(maintenanceBody, input);
  const [from, to] = [startsAt, endsAt].map((text) => new Date(Date.parse(text) - WEEK_MS));
  if (!from || !to) return { alerts: 0, actedOn: 0, incidents: [] };
  const rows = await ctx.db
    .select({
      alert: alerts,
      incident: { id: incidents.id, number: incidents.number, title: incidents.title },
      actedOn: sql<boolean>`coalesce(${actedCase("incident_facts", "said")} = 'yes', false)`,
    })
    .from(alerts)
    .leftJoin(incidents, sql`${incidents.id} = ${alerts.incidentId}`)
    .leftJoin(incidentFacts, sql`${incidentFacts.incidentId} = ${alerts.incidentId}`)
    .leftJoin(sql`${SAID_OF_INCIDENTS} said`, sql`said.incident_id = ${alerts.incidentId}`)
    .where(and(inArray(alerts.serviceId, serviceIds), gte(alerts.createdAt, from), lt(alerts.createdAt, to)))
    .orderBy(desc(alerts.createdAt))
    .limit(MOST_WINDOWS);
  const about = { label, serviceIds };
  const matching = rows.filter(({ alert }) => concerns(about, alert));
  const acted = matching.filter(({ actedOn }) => actedOn);
  const seen = new Map(acted.flatMap(({ incident }) => (incident ? [[incident.id, incident] as const] : [])));
  return { alerts: matching.length, actedOn: acted.length, incidents: [...seen.values()].slice(0, SHOWN) };
}
