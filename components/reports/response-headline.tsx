import { DurationText, RangeText } from "#components/reports/duration-text";
import { VerdictBadge } from "#components/reports/verdict-badge";
import { CLOCK_WORDS } from "#lib/reports/clock-words";
import type { ResponseReport } from "#lib/reports/response-report";

/** The answer in one sentence, with the verdict that a test supports. */
export function ResponseHeadline({ report }: { report: ResponseReport }) {
  const row = report.clocks.find(({ clock }) => clock === report.clock);
  if (!row || row.median === null) return null;
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <p className="text-reading">
        Half of {row.n.toLocaleString("en")} incidents were {CLOCK_WORDS[row.clock].done} within{" "}
        <strong className="font-semibold">
          <DurationText ms={row.median} />
        </strong>{" "}
        (<RangeText low={row.low} high={row.high} because="Too few for an interval" />
        ).
      </p>
      <VerdictBadge word={report.trend.verdict.word} />
    </div>
  );
}
