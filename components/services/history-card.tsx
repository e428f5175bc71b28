import { DayStrip, type DayState } from "#components/charts/day-strip";
import { DurationText } from "#components/reports/duration-text";
import { Card } from "#components/ui/card";
import { Disclosure } from "#components/ui/disclosure";
import { TextLink } from "#components/ui/link";
import { Cell, HeaderCell, Table, TableHead, TableRow } from "#components/ui/table";
import type { Day, History } from "#lib/services/client";

const STATES: Record<NonNullable<Day["worst"]>, DayState> = {
  low: "degraded",
  high: "partial_outage",
  major: "major_outage",
};

const WORDS: Record<NonNullable<Day["worst"]>, string> = {
  low: "low urgency",
  high: "high urgency",
  major: "major",
};

/** The last 90 days, one bar each, and how fast incidents were taken and ended. */
export function HistoryCard({ history, serviceId }: { history: History; serviceId: string }) {
  const affected = history.days.filter(({ worst }) => worst !== null);
  const days = history.days.map((day) => ({
    date: day.date,
    worst: day.isUnknown ? ("unknown" as const) : day.worst === null ? "operational" : STATES[day.worst],
    title: describeDay(day),
  }));
  const summary = `${affected.length} of ${history.days.length} days with an open incident`;
  return (
    <Card title="Last 90 days" subtitle={`${summary}; the taller the bar, the graver`}>
      <DayStrip days={days} summary={summary} />
      <div aria-hidden className="mt-1 flex justify-between text-meta text-text-3">
        <span>{shortDate(history.days[0]?.date ?? "")}</span>
        <span>today</span>
      </div>
      {affected.length === 0 ? null : (
        <Disclosure summary="As a table" className="mt-1">
          <DayTable days={affected} serviceId={serviceId} />
        </Disclosure>
      )}
      <dl className="mt-4 grid grid-cols-1 gap-x-8 gap-y-4 border-t pt-4 sm:grid-cols-2">
        {history.clocks.map(({ clock, summary: figures, reportHref }) => (
          <div key={clock}>
            <dt className="text-table text-text-2">
              {clock === "acknowledge" ? "Time to acknowledge" : "Time to resolve"}
            </dt>
            <dd className="tabular flex items-baseline gap-2">
              <span className="text-section font-semibold">
                <DurationText ms={figures.median} />
              </span>
              <span className="text-table text-text-2">
                p90 <DurationText ms={figures.p90} because="Fewer than 20 measured" />
              </span>
            </dd>
            <dd className="text-meta text-text-3">
              Median of <TextLink href={figures.href}>{figures.n}</TextLink> in 13 weeks ·{" "}
              <TextLink href={reportHref}>Report</TextLink>
            </dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}

function DayTable({ days, serviceId }: { days: readonly Day[]; serviceId: string }) {
  return (
    <Table caption="Days with an open incident" density="compact">
      <TableHead>
        <HeaderCell>Day</HeaderCell>
        <HeaderCell>Gravest</HeaderCell>
        <HeaderCell numeric>Open that day</HeaderCell>
      </TableHead>
      <tbody>
        {days.toReversed().map((day) => (
          <TableRow key={day.date}>
            <Cell>
              <TextLink tone="quiet" href={`/incidents?service=${serviceId}&from=${day.date}&to=${day.date}`}>
                {shortDate(day.date)}
              </TextLink>
            </Cell>
            <Cell>{day.worst === null ? "–" : WORDS[day.worst]}</Cell>
            <Cell numeric>{day.incidents}</Cell>
          </TableRow>
        ))}
      </tbody>
    </Table>
  );
}

function describeDay({ date, incidents, worst, isUnknown }: Day): string {
  if (isUnknown) return `${shortDate(date)}: not in the catalogue yet`;
  if (worst === null) return `${shortDate(date)}: no incident`;
  return `${shortDate(date)}: ${incidents} open, the gravest ${WORDS[worst]}`;
}

const formatter = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });

function shortDate(date: string): string {
  return date === "" ? "" : formatter.format(new Date(`${date}T00:00:00Z`));
}
