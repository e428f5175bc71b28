import { DayStrip, type DayState } from "#components/charts/day-strip";
import { Card } from "#components/ui/card";
import { Disclosure } from "#components/ui/disclosure";
import { TextLink } from "#components/ui/link";
import { Cell, HeaderCell, Table, TableHead, TableRow } from "#components/ui/table";
import type { Day } from "#lib/services/client";
import { formatDay } from "#lib/time/format-day";

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

/** The last 90 days, one bar each. */
export function HistoryCard({ history, serviceId }: { history: readonly Day[]; serviceId: string }) {
  const affected = history.filter(({ worst }) => worst !== null);
  const days = history.map((day) => ({
    date: day.date,
    worst: day.isUnknown ? ("unknown" as const) : day.worst === null ? "operational" : STATES[day.worst],
    title: describeDay(day),
  }));
  const summary = `${affected.length} of ${history.length} days with an open incident`;
  return (
    <Card title="Day by day" subtitle={`${summary}; the taller the bar, the more serious`}>
      <DayStrip days={days} summary={summary} />
      <div aria-hidden className="mt-1 flex justify-between text-meta text-text-3">
        <span>{history[0] === undefined ? "" : formatDay(history[0].date)}</span>
        <span>today</span>
      </div>
      {affected.length === 0 ? null : (
        <Disclosure summary="As a table" className="mt-1">
          <DayTable days={affected} serviceId={serviceId} />
        </Disclosure>
      )}
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
                {formatDay(day.date)}
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
  if (isUnknown) return `${formatDay(date)}: not in the catalogue yet`;
  if (worst === null) return `${formatDay(date)}: no incident`;
  return `${formatDay(date)}: ${incidents} open, the worst ${WORDS[worst]}`;
}
