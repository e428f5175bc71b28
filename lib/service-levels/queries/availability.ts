import { sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import type { Transaction } from "#lib/context";
import { EVERY_INCIDENT, incidentsHref } from "#lib/incidents/filter";
import type { IncidentFilter } from "#lib/incidents/filter";
import type { Availability, AvailabilityWindow, PeriodAvailability } from "#lib/service-levels/report";

const DAYS = 90;

type Row = {
  serviceId: string;
  slug: string;
  name: string;
  tier: number;
  target: number | null;
  monthDown: number;
  rollingDown: number;
  outages: number;
  days: { date: string; downMs: number }[];
};

/** Of which services: those of a team, service or feature; an empty list is whatever. */
type ServiceChoice = Pick<IncidentFilter, "team" | "service"> & Partial<Pick<IncidentFilter, "feature">>;

type Windows = { timeZone: string; month: number; rolling: number; end: number };

/**
 * How available the services that customers meet were. A service is out while an incident on it affects customers, from when they noticed
 * to when they ceased to; where nobody said whether they did, while a major one is open. Overlaps count once.
 */
export async function readAvailability(
  tx: Transaction,
  filter: ServiceChoice,
  windows: Windows,
): Promise<Availability[]> {
  const midnight = sql`date_trunc('day', now() at time zone ${windows.timeZone})`;
  const rows = await tx.execute<Row>(sql`
    with ${outagesOf(filter, sql`${midnight} at time zone ${windows.timeZone} - interval '91 days'`)},
    days as (
      select to_char(d, 'YYYY-MM-DD') as date,
        tstzrange(d at time zone ${windows.timeZone}, (d + interval '1 day') at time zone ${windows.timeZone}) as span
      from generate_series(${midnight} - make_interval(days => ${DAYS - 1}), ${midnight}, interval '1 day') d
    )
    select s.id as "serviceId", s.slug, s.name, s.tier, s.availability_target as target,
      ${downWithin(sql`tstzrange(${at(windows.month)}, now())`)} as "monthDown",
      ${downWithin(sql`tstzrange(${at(windows.rolling)}, now())`)} as "rollingDown",
      (select count(*)::int from outages o where o.service_id = s.id and o.created_at >= ${at(windows.rolling)}) as outages,
      (select jsonb_agg(jsonb_build_object('date', d.date, 'downMs', ${downWithin(sql`d.span`)}) order by d.date) from days d) as days
    from chosen s left join whole w on w.service_id = s.id
    order by s.tier, s.name`);
  const now = Math.min(
    Date.parse((await tx.execute<{ now: string }>(sql`select now()::text as now`))[0]?.now ?? ""),
    windows.end,
  );
  return rows.map(({ monthDown, rollingDown, outages, ...row }) => ({
    ...row,
    month: windowOf(monthDown, now - windows.month, row.target, monthLength(windows)),
    rolling: windowOf(rollingDown, now - windows.rolling, row.target, windows.end - windows.rolling),
    outages: {
      count: outages,
      href: incidentsHref({
        ...EVERY_INCIDENT,
        service: [row.serviceId],
        merged: false,
        outage: true,
        from: new Date(windows.rolling).toISOString(),
      }),
    },
  }));
}

type Span = { start: number; end: number };

/** The same in [start, end) and the span before, as far as they have passed by `now`; the budget is that of the whole span. */
export async function readPeriodAvailability(
  tx: Transaction,
  filter: ServiceChoice,
  { span, before, now }: { span: Span; before: Span; now: number },
): Promise<PeriodAvailability[]> {
  const within = ({ start, end }: Span) =>
    downWithin(sql`tstzrange(${at(start)}, greatest(${at(start)}, least(${at(end)}, now())))`);
  const rows = await tx.execute<
    Pick<Row, "serviceId" | "slug" | "name" | "target" | "outages"> & { down: number; downBefore: number }
  >(sql`
    with ${outagesOf(filter, at(before.start))}
    select s.id as "serviceId", s.slug, s.name, s.availability_target as target,
      ${within(span)} as down, ${within(before)} as "downBefore",
      (select count(*)::int from outages o where o.service_id = s.id
        and o.created_at >= ${at(span.start)} and o.created_at < ${at(span.end)}) as outages
    from chosen s left join whole w on w.service_id = s.id
    order by s.tier, s.name`);
  const elapsed = ({ start, end }: Span) => Math.min(end, now) - start;
  return rows.map(({ down, downBefore, outages, ...row }) => ({
    ...row,
    ...windowOf(down, elapsed(span), row.target, span.end - span.start),
    before: windowOf(downBefore, elapsed(before), null, 0).upPercent,
    outages: {
      count: outages,
      href: incidentsHref({
        ...EVERY_INCIDENT,
        service: [row.serviceId],
        merged: false,
        outage: true,
        from: new Date(span.start).toISOString(),
        to: new Date(span.end).toISOString(),
      }),
    },
  }));
}

/** CTEs: `chosen` services, their `outages` that reach beyond an instant or were opened after it, and `whole`: each one's as one multirange. */
function outagesOf(filter: ServiceChoice, since: SQL): SQL {
  return sql`
    chosen as (
      select * from services s where s.customer_facing and s.deleted_at is null and ${ofServices(filter)}
    ),
    outages as (
      select f.service_id, f.created_at,
        case when f.customer_impact
          then tstzrange(f.impact_started_at, greatest(f.impact_started_at, coalesce(f.impact_ended_at, now())))
          else tstzrange(f.created_at, coalesce(f.resolved_at, now())) end as span
      from incident_facts f
      where f.service_id in (select id from chosen)
        -- As the index of outages has it, so that those of other years are not read.
        and not f.merged and (f.customer_impact or (f.customer_impact is null and f.major))
        and greatest(f.created_at, coalesce(f.impact_ended_at, f.resolved_at, 'infinity')) >= ${since}
    ),
    whole as (select service_id, range_agg(span) as spans from outages group by service_id)`;
}

function at(instant: number): SQL {
  return sql`${new Date(instant).toISOString()}::timestamptz`;
}

/** The month that begins there, to the length of its own days. */
function monthLength({ month }: Windows): number {
  const start = new Date(month + 15 * 86_400_000);
  return new Date(Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + 1, 0)).getUTCDate() * 86_400_000;
}

function windowOf(
  downMs: number,
  elapsedMs: number,
  target: number | null,
  wholeMs: number,
): AvailabilityWindow {
  return {
    downMs,
    // An outage that covers all of it may come out longer by a rounding.
    upPercent: elapsedMs <= 0 ? 100 : Math.max(0, 100 * (1 - downMs / elapsedMs)),
    budgetLeftMs: target === null ? null : wholeMs * (1 - target / 100) - downMs,
  };
}

/** Milliseconds of the service's outages within a span. */
function downWithin(span: SQL) {
  return sql`coalesce((
    select sum(extract(epoch from upper(o) - lower(o))) * 1000
    from unnest(w.spans * tstzmultirange(${span})) o
  ), 0)::bigint::float8`;
}

function ofServices({ team, service, feature = [] }: ServiceChoice): SQL {
  const conditions = [
    service.length > 0 ? [sql`s.id = any(${sql.param([...service])}::text[])`] : [],
    feature.length > 0 ? [sql`coalesce(s.feature, 'none') = any(${sql.param([...feature])}::text[])`] : [],
    team.length > 0 ? [sql`coalesce(s.team_id, 'none') = any(${sql.param([...team])}::text[])`] : [],
  ].flat();
  return conditions.length > 0 ? sql.join(conditions, sql` and `) : sql`true`;
}
