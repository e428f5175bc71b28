import { CountedLink } from "#components/reports/counted-link";
import { VerdictBadge } from "#components/reports/verdict-badge";
import type { Dimension } from "#lib/reports/trends-filter";
import type { TrendRow, TrendsReport } from "#lib/reports/trends-report";

const MOST_NAMED = 3;

/** The finding in sentences: what all incidents do, and at most three rows that a test has called. */
export function TrendsHeadline({ report, by }: { report: TrendsReport; by: Dimension }) {
  const called = report.rows
    .filter(({ key }) => key !== "none" || report.rows.length > 1)
    .filter(({ change }) => change?.word === "worsened" || change?.word === "improved")
    .toSorted((a, b) => (a.change?.adjusted ?? 1) - (b.change?.adjusted ?? 1));
  return (
    <div className="flex flex-col gap-1">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <p className="text-reading">
          <CountedLink counted={report.total} noun="incidents in this report" /> incidents in{" "}
          {report.periods.length.toLocaleString("en")} {report.unit}s.
        </p>
        <VerdictBadge word={report.verdict.word} />
      </div>
      {called.length === 0 ? (
        <p className="text-body text-text-2">{nothingCalled(report, by)}</p>
      ) : (
        <ul className="flex flex-col gap-1 text-body">
          {called.slice(0, MOST_NAMED).map((row) => (
            <Called key={row.key} row={row} report={report} />
          ))}
        </ul>
      )}
    </div>
  );
}

function Called({ row, report }: { row: TrendRow; report: TrendsReport }) {
  const { change } = row;
  if (change === null || report.stretches === null) return null;
  return (
    <li className="flex flex-wrap items-center gap-x-2">
      <VerdictBadge word={change.word} />
      <span>
        <bdi className="font-semibold">{row.name}</bdi>:{" "}
        <CountedLink counted={change.recent} noun={`recent incidents of ${row.name}`} /> in the last{" "}
        {report.stretches.recent} {report.unit}s, {change.expected.toFixed(1)} expected at the rate of the{" "}
        {report.stretches.earlier} before.
      </span>
    </li>
  );
}

function nothingCalled(report: TrendsReport, by: Dimension): string {
  if (report.stretches === null)
    return "Fewer than six complete periods: too few to tell whether anything changed.";
  return `No ${by} stands out: the last ${report.stretches.recent} ${report.unit}s are as the ${report.stretches.earlier} before would suggest.`;
}
