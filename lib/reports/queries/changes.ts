import { sql } from "drizzle-orm";
import { incidentsHref } from "#lib/incidents/filter";
import type { ReportPeriod } from "#lib/reports/period";
import type { ReportScope } from "#lib/reports/queries/report-scope";
import type { AfterChange, FollowedChange, TrendsReport } from "#lib/reports/trends-report";
import { benjaminiHochberg } from "#lib/statistics/benjamini-hochberg";
import { rateRatio } from "#lib/statistics/rate-ratio";

const SECOND = 1000;
const DAY = 24 * 3600 * SECOND;
const MOST_FOLLOWED = 20;
// So many services a list can name.
const MOST_LISTED = 50;

type ServiceRow = {
  key: string;
  name: string;
  changes: number;
  exposure: number;
  after: number;
  total: number;
};
type FollowedRow = {
  id: string;
  at: number;
  service_id: string;
  service: string;
  summary: string;
  count: number;
};

type Changes = Pick<TrendsReport, "afterChanges" | "afterAnyChange" | "followed"> & { perPeriod: number[] };

/** The changes of services that had incidents, and how many incidents followed within 24 hours. */
export async function readChanges(given: ReportScope, periods: readonly ReportPeriod[]): Promise<Changes> {
  const changed = await readChanged(given);
  if (changed.length === 0)
    return { ...compareServices(given, []), perPeriod: periods.map(() => 0), followed: [] };
  const scope = {
    ...given,
    chosen: sql`${given.chosen} and service_id = any(${sql.param(changed)}::text[])`,
  };
  const [perPeriod, services, followed] = await Promise.all([
    readPerPeriod(scope, periods),
    readServices(scope),
    readFollowed(scope),
  ]);
  return {
    perPeriod: periods.map((_, place) => perPeriod.find(({ period }) => period === place + 1)?.count ?? 0),
    ...compareServices(scope, services),
    followed,
  };
}

/** The services with changes whose day after reaches into the range. */
async function readChanged({ tx, range }: ReportScope): Promise<string[]> {
  const rows = await tx.execute<{ id: string }>(sql`
    select s.id from services s where exists (
      select from change_events c
      where c.service_id = s.id and c.at > ${iso(range.start - DAY)}::timestamptz and c.at < ${iso(range.end)}::timestamptz)`);
  return rows.map(({ id }) => id);
}

async function readPerPeriod({ tx, range, chosen }: ReportScope, periods: readonly ReportPeriod[]) {
  const starts = sql.param(periods.map(({ start }) => new Date(start).toISOString()));
  return tx.execute<{ period: number; count: number }>(sql`
    select width_bucket(c.at, (select ${starts}::text[]::timestamptz[])) as period, count(*)::int as count
    from change_events c
    where c.at >= ${iso(range.start)}::timestamptz and c.at < ${iso(range.end)}::timestamptz
      and c.service_id in (select service_id ${chosen})
    group by 1`);
}

/** Each service with the time within 24 hours after any of its changes; overlapping days count once. */
async function readServices({ tx, range, now, chosen }: ReportScope): Promise<ServiceRow[]> {
  const [from, to] = [iso(range.start), iso(Math.min(range.end, now.getTime()))];
  const rows = await tx.execute<ServiceRow>(sql`
    with counted as materialized (select service_id, created_at ${chosen}),
    days as (
      select c.service_id, count(*)::int as changes,
        range_agg(tstzrange(c.at, c.at + interval '24 hours'))
          * tstzmultirange(tstzrange(${from}::timestamptz, ${to}::timestamptz)) as after
      from change_events c
      where c.at > ${from}::timestamptz - interval '24 hours' and c.at < ${to}::timestamptz
        and c.service_id in (select service_id from counted)
      group by c.service_id
    )
    select d.service_id as key, s.name, d.changes,
      (select 1000 * coalesce(sum(extract(epoch from upper(span) - lower(span))), 0)
        from unnest(d.after) span)::float8 as exposure,
      count(*) filter (where k.created_at <@ d.after)::int as after, count(*)::int as total
    from days d
    join services s on s.id = d.service_id
    join counted k on k.service_id = d.service_id
    group by d.service_id, s.name, d.changes, d.after`);
  return [...rows];
}

async function readFollowed({ tx, range, population, chosen }: ReportScope): Promise<FollowedChange[]> {
  const rows = await tx.execute<FollowedRow>(sql`
    with counted as materialized (select service_id, created_at ${chosen})
    select c.id, (extract(epoch from c.at) * 1000)::float8 as at, c.service_id, s.name as service, c.summary,
      count(*)::int as count
    from change_events c
    join services s on s.id = c.service_id
    join counted k on k.service_id = c.service_id and k.created_at >= c.at and k.created_at < c.at + interval '24 hours'
    where c.at >= ${iso(range.start)}::timestamptz and c.at < ${iso(range.end)}::timestamptz
    group by c.id, c.at, c.service_id, s.name, c.summary
    order by count desc, c.at desc limit ${MOST_FOLLOWED}`);
  return rows.map(({ id, at, service_id, service, summary, count }) => ({
    id,
    at: iso(at),
    service,
    summary,
    incidents: {
      count,
      href: incidentsHref({
        ...population,
        service: [service_id],
        from: iso(at),
        to: iso(Math.min(at + DAY, range.end)),
      }),
    },
  }));
}

function compareServices(
  { range, now, population }: ReportScope,
  rows: readonly ServiceRow[],
): Pick<Changes, "afterChanges" | "afterAnyChange"> {
  const length = Math.max(SECOND, Math.min(range.end, now.getTime()) - range.start);
  const comparable = rows.filter(({ exposure }) => exposure >= SECOND && exposure <= length - SECOND);
  const compare = (after: number, total: number, exposure: number, all: number) =>
    rateRatio({ count: after, exposure }, { count: total - after, exposure: all - exposure });
  const found = comparable.map((row) => ({ row, ...compare(row.after, row.total, row.exposure, length) }));
  const adjusted = benjaminiHochberg(found.map(({ p }) => p));
  const after = { ...population, afterChange: true };
  const sum = (value: (row: ServiceRow) => number) =>
    comparable.reduce((total, row) => total + value(row), 0);
  const services = found.map(({ row, ...ratio }, place): AfterChange => ({
    ...ratio,
    key: row.key,
    name: row.name,
    changes: row.changes,
    exposure: row.exposure,
    adjusted: adjusted[place] ?? 1,
    after: { count: row.after, href: incidentsHref({ ...after, service: [row.key] }) },
  }));
  const all = sum(({ after: count }) => count);
  return {
    afterChanges: services.toSorted((a, b) => a.p - b.p || b.after.count - a.after.count),
    afterAnyChange:
      comparable.length === 0 || (comparable.length < rows.length && comparable.length > MOST_LISTED)
        ? null
        : {
            ...compare(
              all,
              sum(({ total }) => total),
              sum(({ exposure }) => exposure),
              length * comparable.length,
            ),
            changes: sum(({ changes }) => changes),
            after: {
              count: all,
              href: incidentsHref({ ...after, ...onlyServices(comparable, rows) }),
            },
          },
  };
}

/** Services whose every moment was within a day of a change can't be compared, so they are left out of the sum and of its list. */
function onlyServices(comparable: readonly ServiceRow[], rows: readonly ServiceRow[]) {
  return comparable.length === rows.length ? {} : { service: comparable.map(({ key }) => key) };
}

function iso(instant: number): string {
  return new Date(instant).toISOString();
}
