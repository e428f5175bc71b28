import { sql } from "drizzle-orm";
import type { Context } from "#lib/context";
import { EVERY_INTERRUPTION, interruptionsHref } from "#lib/reports/interruption-filter";
import type { InterruptionFilter } from "#lib/reports/interruption-filter";
import { poissonInterval } from "#lib/statistics/poisson-interval";
import type { HealthPeriod, HealthReport, PersonLoad, TeamLoad } from "#lib/reports/on-call-health-report";
import { periodPlaces, unitOf } from "#lib/reports/period";
import type { ReportPeriod } from "#lib/reports/period";
import { loadOf } from "#lib/reports/load";
import type { LoadCell } from "#lib/reports/load";
import { classesBy, hourOfMoment, weekdayOfMoment } from "#lib/reports/load-columns";
import type { LoadColumns } from "#lib/reports/load-columns";
import { nightsOf } from "#lib/reports/nights";
import type { Nights } from "#lib/reports/nights";
import { readCatalogue } from "#lib/reports/queries/catalogue";
import { groupedServices, selecting } from "#lib/reports/queries/grouped";
import type { Group, Grouped } from "#lib/reports/queries/grouped";
import { readLoadColumns } from "#lib/reports/queries/load-columns";
import { wordOf } from "#lib/reports/queries/words";
import { visiblePeople } from "#lib/reports/queries/interruption-scope";
import { inReport, judgedPeriods, pagedHere } from "#lib/reports/queries/report-scope";
import type { ReportScope } from "#lib/reports/queries/report-scope";
import type { ReportFilter } from "#lib/reports/report-filter";
import { behaviourOfCounts, verdictOnCounts } from "#lib/statistics/verdict";
import { WEEK } from "#lib/time/calendar";

type HealthScope = ReportScope & { interruptions: InterruptionFilter };
/**
 * What paging costs people: interruptions by the person's own clock, over time, by hour, team and person. Merged incidents and those that a
 * machine resolved count: they rang as well. Names only of whom the viewer may see.
 */
export async function readHealthReport(ctx: Context, given: ReportFilter): Promise<HealthReport> {
  const filter = { ...given, includeMerged: true, includeAuto: true };
  return inReport(ctx, filter, async (report) => {
    const interruptions = { ...EVERY_INTERRUPTION, incidents: report.population };
    const scope: HealthScope = { ...report, interruptions };
    const { range, now, viewer } = report;
    const unit = unitOf(range);
    const weeks = Math.max(0, Math.min(range.end, now.getTime()) - range.start) / WEEK;
    const periods = await judgedPeriods({ ...report, population: pagedHere(report.population) }, unit);
    const [visible, loads] = await Promise.all([
      visiblePeople(report.tx, ctx.actor),
      readLoads(scope, periods),
    ]);
    const inPeriods = periodsFrom(scope, periods, loads.periods);
    const sleep = inPeriods.map(({ classes, incomplete }) => ({
      count: classes.find((one) => one.class === "sleep")?.count ?? 0,
      incomplete,
    }));
    return {
      generatedAt: now.toISOString(),
      timeZone: viewer.timeZone,
      from: new Date(range.start).toISOString(),
      to: new Date(range.end).toISOString(),
      unit,
      weeks,
      all: { ...loadOf(interruptions, loads.classes), people: loads.people, hours: loads.hours },
      periods: inPeriods,
      ...behaviourOfCounts(sleep),
      verdict: verdictOnCounts(sleep),
      heat: heatFrom(scope, loads.heat),
      teams: teamsFrom(scope, weeks, loads),
      ...peopleFrom(scope, weeks, loads.persons, visible),
    };
  });
}

type Loads = {
  classes: LoadCell[];
  people: number;
  hours: number;
  periods: LoadCell[][];
  /** By weekday, Monday first, and hour. */
  heat: Float64Array;
  teams: (Group & { people: number; hours: number; classes: LoadCell[] })[];
  persons: (Nights & { key: string; name: string; classes: LoadCell[] })[];
};

const HOUR = 3_600_000;

/** All that the report counts, from one pass over the loads for each part. */
async function readLoads(scope: HealthScope, periods: readonly ReportPeriod[]): Promise<Loads> {
  const { population, range, tx } = scope;
  const catalogue = await readCatalogue(tx);
  const loads = await readLoadColumns(scope, population, range, catalogue);
  const teams = groupedServices(loads.service, "team", catalogue);
  const hours = hoursOf(loads, teams);
  const codes = [...new Set(loads.person)];
  const placeOf = new Map(codes.map((code, place) => [code, place]));
  const [names, [classes = []]] = [
    await readNames(scope, codes),
    classesBy(loads, new Int32Array(loads.count), 1),
  ];
  const ofTeams = classesBy(loads, teams.groupOf, teams.groups.length);
  const ofPeople = classesBy(
    loads,
    loads.person.map((code) => placeOf.get(code) ?? -1),
    codes.length,
  );
  const nights = nightsOf(loads.person, loads.night);
  return {
    classes,
    people: codes.length,
    hours: hours.all,
    periods: classesBy(loads, periodPlaces(loads.at, periods), periods.length),
    heat: heatOf(loads),
    teams: teams.groups.map((group, place) => ({
      ...group,
      people: hours.people[place] ?? 0,
      hours: hours.teams[place] ?? 0,
      classes: ofTeams[place] ?? [],
    })),
    persons: codes.map((code, place) => {
      const key = wordOf(code) ?? "";
      const own = nights.get(code) ?? { nights: 0, streak: 0 };
      return { key, name: names.get(key) ?? "", ...own, classes: ofPeople[place] ?? [] };
    }),
  };
}

async function readNames({ tx }: HealthScope, codes: readonly number[]): Promise<Map<string, string>> {
  const ids = codes.flatMap((code) => wordOf(code) ?? []);
  const rows = await tx.execute<{ id: string; name: string }>(
    sql`select id, name from users where id = any(${sql.param(ids)}::text[])`,
  );
  return new Map(rows.map(({ id, name }) => [id, name]));
}

function heatOf({ count, moment, interruptions }: LoadColumns): Float64Array {
  const heat = new Float64Array(7 * 24);
  for (let place = 0; place < count; place += 1) {
    const own = moment[place] ?? 0;
    const cell = (weekdayOfMoment(own) - 1) * 24 + hourOfMoment(own);
    heat[cell] = (heat[cell] ?? 0) + (interruptions[place] ?? 0);
  }
  return heat;
}

/** How many hours, each counted once, somebody was interrupted in; and the same of each team with how many people it has. */
function hoursOf({ count, person, at }: LoadColumns, { groups, groupOf }: Grouped) {
  const width = groups.length + 1;
  const first = Math.floor(at.reduce((least, one) => Math.min(least, one), Number.MAX_VALUE) / HOUR);
  const keys = new Float64Array(count);
  for (let place = 0; place < count; place += 1) {
    const hour = Math.floor((at[place] ?? 0) / HOUR) - first;
    keys[place] = ((person[place] ?? 0) * HOURS + hour) * width + (groupOf[place] ?? 0);
  }
  const found = { all: 0, teams: new Uint32Array(width), people: new Uint32Array(width) };
  // For each team the person counted last: they come one after the other.
  const lastOf = new Float64Array(width).fill(-1);
  let last = -1;
  for (const key of keys.sort()) {
    if (key === last) continue;
    const moment = Math.floor(key / width);
    const group = key - moment * width;
    const who = Math.floor(moment / HOURS);
    if (moment !== Math.floor(last / width)) found.all += 1;
    found.teams[group] = (found.teams[group] ?? 0) + 1;
    if (lastOf[group] !== who) found.people[group] = (found.people[group] ?? 0) + 1;
    lastOf[group] = who;
    last = key;
  }
  return found;
}

// More than the longest range has.
const HOURS = 2 ** 17;

function periodsFrom(
  { interruptions, population }: HealthScope,
  periods: readonly ReportPeriod[],
  cells: Loads["periods"],
): HealthPeriod[] {
  return periods.map(({ day, incomplete, start, end }, place) => {
    const within = { from: new Date(start).toISOString(), to: new Date(end).toISOString() };
    const own = { ...interruptions, incidents: { ...population, ...within } };
    return { day, incomplete, ...loadOf(own, cells[place] ?? []) };
  });
}

function heatFrom({ interruptions }: HealthScope, cells: Loads["heat"]): HealthReport["heat"] {
  return Array.from({ length: 7 }, (_, day) =>
    Array.from({ length: 24 }, (_hour, hour) => ({
      count: cells[day * 24 + hour] ?? 0,
      href: interruptionsHref({ ...interruptions, weekday: day + 1, hour }),
    })),
  );
}

function teamsFrom({ interruptions, population }: HealthScope, weeks: number, { teams }: Loads): TeamLoad[] {
  return teams
    .map(({ key, name, people, hours, classes }): TeamLoad => {
      const incidents = { ...population, ...selecting("team", key ?? "none") };
      const load = loadOf({ ...interruptions, incidents }, classes);
      return {
        key: key ?? "none",
        name: name ?? "No team",
        people,
        hours,
        perPersonWeek: load.total.count / Math.max(1, people) / Math.max(weeks, 1 / 7),
        ...load,
      };
    })
    .toSorted((a, b) => b.total.count - a.total.count || a.name.localeCompare(b.name, "en"));
}

function peopleFrom(
  { interruptions }: HealthScope,
  weeks: number,
  everybody: Loads["persons"],
  visible: ReadonlySet<string> | null,
): Pick<HealthReport, "people" | "hidden"> {
  const shown = everybody.filter(({ key }) => visible === null || visible.has(key));
  return {
    hidden: everybody.length - shown.length,
    people: shown
      .map(({ key, name, nights, streak, classes }): PersonLoad => {
        const sleep = classes.find((cell) => cell.class === "sleep")?.count ?? 0;
        const load = loadOf({ ...interruptions, person: key }, classes);
        return { key, name, nights, streak, perWeek: perWeekOf(sleep, weeks), ...load };
      })
      .toSorted((a, b) => b.nights - a.nights || a.name.localeCompare(b.name, "en")),
  };
}

function perWeekOf(count: number, weeks: number): PersonLoad["perWeek"] {
  const { low, high } = poissonInterval(count);
  const per = (value: number) => value / Math.max(weeks, 1 / 7);
  return { value: per(count), low: per(low), high: per(high) };
}
