import { ChartFrame } from "#components/charts/chart-frame";
import { StripPlot } from "#components/charts/strip-plot";
import { DurationText } from "#components/reports/duration-text";
import { Time } from "#components/time/time";
import { TextLink } from "#components/ui/link";
import { SOURCE_NAMES } from "#lib/reports/detection-report";
import type { DetectionReport } from "#lib/reports/detection-report";
import { median } from "#lib/statistics/quantile";
import { formatDuration } from "#lib/time/format";

/** Incidents that somebody outside noticed first, and how long our first alert took from their word. */
export function FoundOutsideFigure({ report, csvHref }: { report: DetectionReport; csvHref: string }) {
  const { outside } = report;
  if (outside.length === 0) {
    return <p className="text-body text-text-2">No incident in range was noticed outside first.</p>;
  }
  const late = outside.flatMap((row) =>
    row.gapMs !== null && row.gapMs > 0 ? [{ ...row, gapMs: row.gapMs }] : [],
  );
  const never = outside.filter(({ gapMs }) => gapMs === null).length;
  return (
    <ChartFrame
      title={titleOf(outside.length, never)}
      subtitle={`Time from the first word from outside to our first alert, log scale, n = ${late.length.toLocaleString("en")} with a later alert`}
      note={`The newest ${outside.length.toLocaleString("en")} incidents that were noticed outside. ${never === 0 ? "Each had an alert of ours later." : `${never.toLocaleString("en")} never had an alert of ours: what should have caught them?`}`}
      actions={
        <TextLink href={csvHref} prefetch={false} data-screen>
          CSV
        </TextLink>
      }
      table={{
        columns: [
          { label: "Incident" },
          { label: "Service" },
          { label: "Noticed" },
          { label: "By" },
          { label: "Cause" },
          { label: "Our first alert", numeric: true },
        ],
        rows: outside.map((row) => [
          <TextLink key="number" href={`/incidents/${row.number}`}>
            #{row.number} <bdi>{row.title}</bdi>
          </TextLink>,
          row.service,
          <Time key="at" at={row.at} format="date-time" />,
          SOURCE_NAMES[row.source],
          row.cause ?? "–",
          <Gap key="gap" ms={row.gapMs} />,
        ]),
      }}
    >
      {late.length === 0 ? (
        <p className="text-body text-text-2">None of them had an alert that came later: see the table.</p>
      ) : (
        <StripPlot
          rows={[
            {
              label: "Gap",
              median: late.length < 5 ? undefined : (median(late.map(({ gapMs }) => gapMs)) ?? undefined),
              dots: late.map((row) => ({
                value: row.gapMs,
                title: `#${row.number} ${row.title}: ${formatDuration(row.gapMs)}`,
                href: `/incidents/${row.number}`,
              })),
            },
          ]}
        />
      )}
    </ChartFrame>
  );
}

function titleOf(n: number, never: number): string {
  if (never === 0) return `${n.toLocaleString("en")} incidents were noticed outside first`;
  return `${never.toLocaleString("en")} of ${n.toLocaleString("en")} incidents noticed outside never had an alert of ours`;
}

function Gap({ ms }: { ms: number | null }) {
  if (ms === null) return <DurationText ms={null} because="No alert of ours ever came" />;
  return ms < 0 ? <span>{formatDuration(-ms)} before</span> : <DurationText ms={ms} />;
}
