import type { ReactNode } from "react";
import { Sparkline } from "#components/charts/sparkline";
import { CountedLink } from "#components/reports/counted-link";
import { DurationText } from "#components/reports/duration-text";
import { SummaryPromises } from "#components/reports/summary-promises";
import { VerdictBadge } from "#components/reports/verdict-badge";
import { Time } from "#components/time/time";
import { Card } from "#components/ui/card";
import { TextLink } from "#components/ui/link";
import { CLOCK_WORDS } from "#lib/reports/clock-words";
import { formatPercent } from "#lib/reports/percent";
import { SUMMARY_DAYS } from "#lib/reports/summary";
import type { Summary } from "#lib/reports/summary";
import type { Verdict } from "#lib/statistics/verdict";
import { formatDuration } from "#lib/time/format";

/** How a team or service is doing: its numbers of the last ninety days, each with what it rests on and the list that it counts. */
export function SummaryCard({ summary }: { summary: Summary }) {
  const { incidents, reports, generatedAt, timeZone } = summary;
  return (
    <Card
      title="In numbers"
      subtitle={`Incidents of the last ${SUMMARY_DAYS} days; promises of the last 28`}
      footer={
        <p className="flex flex-wrap items-baseline gap-x-4 gap-y-2">
          <TextLink href={reports.response}>Response</TextLink>
          <TextLink href={reports.trends}>Trends</TextLink>
          <TextLink href={reports.health}>On-call health</TextLink>
          <TextLink href={reports.week}>Review of last week</TextLink>
          <span className="text-meta text-text-3">
            As of <Time at={generatedAt} format="date-time" /> ({timeZone})
          </span>
        </p>
      }
    >
      {incidents.count === 0 && summary.load.total.count === 0 ? (
        <p className="text-body text-text-2">No incident in {SUMMARY_DAYS} days.</p>
      ) : (
        <dl className="grid grid-cols-1 gap-x-8 gap-y-5 sm:grid-cols-2 xl:grid-cols-3">
          <IncidentFigures summary={summary} />
          {summary.clocks.map((row) => (
            <ClockFigure key={row.clock} row={row} />
          ))}
          <SleepFigure summary={summary} />
        </dl>
      )}
      <SummaryPromises promises={summary.promises} />
    </Card>
  );
}

function IncidentFigures({ summary }: { summary: Summary }) {
  const { incidents, open, major, withoutMajor, escalated, weeks, verdicts } = summary;
  return (
    <>
      <Figure
        label="Incidents"
        value={<CountedLink counted={incidents} noun="incidents" />}
        values={weeks.map(({ incidents: count }) => count)}
        verdict={verdicts.incidents}
        note={
          <>
            by week; <CountedLink counted={open} noun="open incidents" /> still open;{" "}
            <CountedLink counted={escalated} noun="incidents that nobody acknowledged in time" /> of{" "}
            {escalated.of} that paged escalated{escalatedNote(summary)}
          </>
        }
      />
      <Figure
        label="Major incidents"
        value={<CountedLink counted={major} noun="major incidents" />}
        note={withoutMajor === null ? null : `${formatPercent(withoutMajor)} of the time without one`}
      />
    </>
  );
}

function escalatedNote({ escalated: { proportion } }: Summary): string {
  if (proportion === null) return "";
  const { share, low, high } = proportion;
  return ` (${formatPercent(share)}, 95 % interval ${formatPercent(low)} to ${formatPercent(high)})`;
}

function ClockFigure({ row }: { row: Summary["clocks"][number] }) {
  const { clock, n, href, median, low, high, p90, verdict, reportHref } = row;
  const { name, done } = CLOCK_WORDS[clock];
  return (
    <Figure
      label={`${name}, median`}
      value={<DurationText ms={median} />}
      verdict={n === 0 ? undefined : verdict}
      note={
        <>
          {low === null || high === null
            ? ""
            : `90 % interval ${formatDuration(low)} to ${formatDuration(high)}; `}
          n = <CountedLink counted={{ count: n, href }} noun={`incidents that were ${done}`} />
          {p90 === null ? "" : `; p90 ${formatDuration(p90)}`} ·{" "}
          <TextLink href={reportHref} aria-label={`${name}: report`}>
            report
          </TextLink>
        </>
      }
    />
  );
}

function SleepFigure({ summary: { load, weeks, verdicts } }: { summary: Summary }) {
  const sleep = load.classes.find((part) => part.class === "sleep");
  const off = load.classes.find((part) => part.class === "off");
  return (
    <Figure
      label="Interruptions in hours of sleep"
      value={
        sleep === undefined ? "0" : <CountedLink counted={sleep} noun="interruptions in hours of sleep" />
      }
      values={weeks.map(({ sleep: count }) => count)}
      verdict={load.total.count === 0 ? undefined : verdicts.sleep}
      note={
        <>
          by week; of <CountedLink counted={load.total} noun="interruptions" /> in all,{" "}
          {off === undefined ? "0" : <CountedLink counted={off} noun="interruptions in off hours" />} in off
          hours
        </>
      }
    />
  );
}

interface FigureProps {
  label: string;
  value: ReactNode;
  note: ReactNode;
  verdict?: Verdict;
  values?: readonly number[];
}

function Figure({ label, value, note, verdict, values }: FigureProps) {
  return (
    <div className="flex min-w-0 flex-col gap-0.5">
      <dt className="text-table text-text-2">{label}</dt>
      <dd className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className="tabular text-figure font-semibold tracking-tight">{value}</span>
        {values === undefined ? null : <Sparkline values={values} />}
        {verdict === undefined ? null : (
          <span title={verdict.because}>
            <VerdictBadge word={verdict.word} />
          </span>
        )}
      </dd>
      <dd className="text-meta text-text-3">{note}</dd>
    </div>
  );
}
