import type { Context } from "#lib/context";
import { CLOCKS, incidentsHref } from "#lib/incidents/filter";
import type { Clock } from "#lib/incidents/filter";
import { dotPlaces } from "#lib/reports/dots";
import { toSummary } from "#lib/reports/duration-summary";
import type { Titles } from "#lib/reports/duration-summary";
import { durationsBy, durationsOf, measuredOf, medianOf, roomFor } from "#lib/reports/durations";
import type { Durations, Measured } from "#lib/reports/durations";
import type { FactColumns } from "#lib/reports/fact-columns";
import { periodPlaces, periodsOf, unitOf } from "#lib/reports/period";
import { PHASES } from "#lib/reports/phases";
import { grouped, selecting } from "#lib/reports/queries/grouped";
import type { Grouped } from "#lib/reports/queries/grouped";
import { readPopulation } from "#lib/reports/queries/population";
import { inReport } from "#lib/reports/queries/report-scope";
import type { ReportScope } from "#lib/reports/queries/report-scope";
import { readTitles } from "#lib/reports/queries/titles";
import { responseCounts } from "#lib/reports/response-counts";
import type { Grouping, ResponseFilter } from "#lib/reports/response-filter";
import type { ClockSummary, Dot, Phase, ResponseReport } from "#lib/reports/response-report";
import { stillOpen } from "#lib/reports/still-open";
import { bitsOfWord, maskOf } from "#lib/reports/traits";
import { trendOf } from "#lib/reports/trend";

/**
 * How fast incidents were acknowledged, responded to and resolved: all parts from one snapshot, each number with the incident list
 * that has exactly as many rows. Incidents count by when they were created; open ones are never counted as finished.
 */
export async function readResponseReport(ctx: Context, filter: ResponseFilter): Promise<ResponseReport> {
  return inReport(ctx, filter, async (scope) => {
    const { tx, now, range, population, viewer } = scope;
    const unit = unitOf(range);
    const periods = periodsOf(range, unit, viewer.timeZone, now.getTime());
    const { facts, catalogue, frame } = await readPopulation(scope);
    const measured = measuredOf(facts[filter.clock], facts.number);
    const byPeriod = durationsBy(measured, periodPlaces(facts.created, periods), periods.length);
    const room = roomFor(facts.count);
    const clocks = CLOCKS.map((clock): [Clock, Durations | null] => {
      const { ms, numbers } = measuredOf(facts[clock], facts.number, room);
      return [clock, durationsOf(ms, numbers)];
    });
    const [parts, priorities] = [filter.by, "priority" as const].map((by) =>
      partsOf(facts, measured, grouped(facts, by, catalogue)),
    );
    const dots = dotPlaces(facts, measured);
    const titles = await readTitles(tx, [
      ...dots.map((place) => facts.number[place] ?? 0),
      ...[
        ...clocks.map(([, own]) => own),
        ...[...(parts ?? []), ...(priorities ?? [])].map(({ durations }) => durations),
      ].flatMap((durations) => durations?.longest.number ?? []),
    ]);
    const { escalated, waiting } = responseCounts(facts, population);
    const names = new Map(catalogue.priorities.map(({ rank, name }) => [rank, name]));
    return {
      ...frame,
      clock: filter.clock,
      escalated,
      phases: phasesOf(facts, room.ms),
      clocks: clocks.map(([clock, durations]): ClockSummary => ({
        clock,
        ...toSummary(durations, incidentsHref({ ...population, clock }), titles),
        ...waiting[clock],
      })),
      trend: trendOf({ clock: filter.clock, population }, unit, periods, byPeriod),
      groups: (parts ?? [])
        .map((part) => summaryOf(scope, filter.by, part, titles))
        .toSorted((a, b) => (b.median ?? -1) - (a.median ?? -1)),
      strips: (priorities ?? [])
        .map((part) => summaryOf(scope, "priority", part, titles))
        .filter(({ n }) => n > 0)
        .toSorted((a, b) => (a.rank ?? 99) - (b.rank ?? 99)),
      dots: dots.map((place): Dot => {
        const number = facts.number[place] ?? 0;
        const priority = names.get(facts.priority[place] ?? -1) ?? "none";
        const { id, title } = titles.get(number) ?? { id: "", title: "" };
        return { id, number, title, ms: facts[filter.clock][place] ?? 0, priority };
      }),
      stillOpen: stillOpen(facts, now.getTime()),
    };
  });
}

function phasesOf(facts: FactColumns, scratch: Float64Array): Phase[] {
  return (Object.keys(PHASES) as (keyof typeof PHASES)[]).map((phase) => ({
    name: PHASES[phase].name,
    ...medianOf(facts[phase], scratch),
  }));
}

type Part = Grouped["groups"][number] & { durations: Durations | null; open: number };

/** The groups that have any incidents, with the durations of theirs and how many of them are open. */
function partsOf(facts: FactColumns, measured: Measured, { groups, groupOf }: Grouped): Part[] {
  const [status, resolved] = [maskOf("status"), bitsOfWord("status", "resolved")];
  const open = new Uint32Array(groups.length);
  for (let place = 0; place < facts.count; place += 1) {
    if (((facts.traits[place] ?? 0) & status) === resolved) continue;
    const group = groupOf[place] ?? 0;
    open[group] = (open[group] ?? 0) + 1;
  }
  const durations = durationsBy(measured, groupOf, groups.length);
  return groups.map((group, place) => ({
    ...group,
    durations: durations[place] ?? null,
    open: open[place] ?? 0,
  }));
}

function summaryOf(
  { filter, population }: ReportScope<ResponseFilter>,
  by: Grouping,
  { key, name, rank, durations, open }: Part,
  titles: Titles,
) {
  const part = { ...population, ...selecting(by, key ?? "none") };
  return {
    key: key ?? "none",
    name: name ?? `No ${by}`,
    rank,
    ...toSummary(durations, incidentsHref({ ...part, clock: filter.clock }), titles),
    open: { count: open, href: incidentsHref({ ...part, resolved: false }) },
  };
}
