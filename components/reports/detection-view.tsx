import { ChartFrame } from "#components/charts/chart-frame";
import { Legend } from "#components/charts/legend";
import { StackedBars } from "#components/charts/stacked-bars";
import { CountedLink } from "#components/reports/counted-link";
import { FoundOutsideFigure } from "#components/reports/found-outside-figure";
import { ReportFooter } from "#components/reports/report-footer";
import { NothingInRange, ReportPanel } from "#components/reports/report-panel";
import { VerdictBadge } from "#components/reports/verdict-badge";
import { Disclosure } from "#components/ui/disclosure";
import { Fact, Facts, KeyFigure } from "#components/ui/facts";
import { TextLink } from "#components/ui/link";
import type { DetectionSource } from "#lib/incidents/vocabulary";
import { FOUND_BY_US_TARGET, SOURCE_NAMES } from "#lib/reports/detection-report";
import type { DetectionReport, FoundByUs } from "#lib/reports/detection-report";
import { formatPercent } from "#lib/reports/percent";
import { periodLabel } from "#lib/reports/period-label";
import { reportHref } from "#lib/reports/report-filter";
import type { ReportFilter } from "#lib/reports/report-filter";

const FILLS: Record<DetectionSource, string> = {
  monitoring: "var(--chart-1)",
  internal_person: "var(--chart-3)",
  customer_report: "var(--chart-2)",
  partner: "var(--chart-4)",
  social: "var(--chart-5)",
  unknown: "url(#hatch)",
};

/** The whole report below its filters. */
export function DetectionView({ report, filter }: { report: DetectionReport; filter: ReportFilter }) {
  if (report.total.count === 0) return <NothingInRange path="/reports/detection" filter={filter} />;
  return (
    <div className="flex flex-col gap-5">
      <Headline report={report} />
      <ReportPanel>
        <SourcesFigure report={report} csvHref={csvHref(filter, "periods")} />
      </ReportPanel>
      <ReportPanel>
        <FoundOutsideFigure report={report} csvHref={csvHref(filter, "outside")} />
      </ReportPanel>
      <Definitions />
      <ReportFooter frame={report} />
    </div>
  );
}

function Headline({ report }: { report: DetectionReport }) {
  const unknown = report.sources.find(({ source }) => source === "unknown");
  return (
    <div className="grid grid-cols-1 gap-x-6 gap-y-5 rounded-card border bg-surface p-4 sm:grid-cols-3">
      <KeyFigure
        label={`Found by us first (target ${formatPercent(FOUND_BY_US_TARGET)})`}
        value={shareText(report.all)}
        note={<ShareNote found={report.all} noun="incidents" />}
      />
      {report.noticed === null ? null : (
        <KeyFigure
          label="Of those that customers noticed"
          value={shareText(report.noticed)}
          note={<ShareNote found={report.noticed} noun="incidents that customers noticed" />}
        />
      )}
      <KeyFigure
        label="Not known who noticed"
        value={
          unknown === undefined ? (
            "0"
          ) : (
            <CountedLink counted={unknown} noun="incidents of which it is not known" />
          )
        }
        note="Counted in neither share"
      />
    </div>
  );
}

function shareText({ proportion }: FoundByUs): string {
  return proportion === null ? "–" : formatPercent(proportion.share);
}

function ShareNote({ found, noun }: { found: FoundByUs; noun: string }) {
  const { ours, known, proportion } = found;
  if (proportion === null) return <>No {noun} of which it is known who noticed</>;
  return (
    <>
      <CountedLink counted={ours} noun={`${noun} found by us first`} />/
      <CountedLink counted={known} noun={noun} />, 95 % interval {formatPercent(proportion.low)} to{" "}
      {formatPercent(proportion.high)}: {againstTarget(proportion)}
    </>
  );
}

function againstTarget({ low, high }: { low: number; high: number }): string {
  if (low >= FOUND_BY_US_TARGET) return "target met";
  return high < FOUND_BY_US_TARGET ? "target missed" : "too few to tell whether the target is met";
}

function SourcesFigure({ report, csvHref }: { report: DetectionReport; csvHref: string }) {
  const { unit, periods, sources, verdict } = report;
  const shown = sources.filter(({ count }) => count > 0);
  const label = (day: string) => periodLabel(unit, day);
  return (
    <ChartFrame
      title={
        <span className="flex flex-wrap items-center gap-2">
          Who noticed first, by {unit} <VerdictBadge word={verdict.word} better="more" />
        </span>
      }
      subtitle={`Share of incidents by who noticed; dashed line: target for found by us; n = ${report.total.count.toLocaleString("en")} (${report.timeZone})`}
      note={`Share found by us: ${verdict.because}${limitsText(report)}`}
      actions={
        <TextLink href={csvHref} prefetch={false} data-screen>
          CSV
        </TextLink>
      }
      table={{
        columns: [
          { label: unit === "week" ? "Week of" : "Month" },
          ...shown.map(({ source }) => ({ label: SOURCE_NAMES[source], numeric: true })),
          { label: "Found by us", numeric: true },
        ],
        rows: periods.map((period) => [
          `${label(period.day)}${period.incomplete ? " (not complete)" : ""}`,
          ...shown.map(({ source }) => {
            const cell = period.sources.find((one) => one.source === source) ?? { count: 0, href: "" };
            return (
              <CountedLink
                key={source}
                counted={cell}
                noun={`found by ${SOURCE_NAMES[source]}, ${label(period.day)}`}
              />
            );
          }),
          period.known === 0
            ? "–"
            : `${formatPercent(period.ours / period.known)} (${period.ours}/${period.known})`,
        ]),
      }}
    >
      <StackedBars
        asShares
        reference={FOUND_BY_US_TARGET}
        fills={shown.map(({ source }) => FILLS[source])}
        stacks={periods.map((period) => ({
          label: label(period.day),
          incomplete: period.incomplete,
          parts: period.sources
            .filter(({ source }) => shown.some((one) => one.source === source))
            .map(({ source, count, href }) => ({
              label: source,
              value: count,
              href,
              title: `${label(period.day)}: ${count} found by ${SOURCE_NAMES[source].toLowerCase()}`,
            })),
        }))}
      />
      <Legend
        items={shown.map((source) => ({
          label: SOURCE_NAMES[source.source],
          fill: FILLS[source.source],
          value: (
            <CountedLink
              counted={source}
              noun={`incidents found by ${SOURCE_NAMES[source.source].toLowerCase()}`}
            />
          ),
        }))}
      />
    </ChartFrame>
  );
}

function limitsText({ chart }: DetectionReport): string {
  if (chart === null) return "";
  return ` Laney's p′ chart around ${formatPercent(chart.centre)}, spread ${chart.spread.toFixed(1)} times that of chance.`;
}

function Definitions() {
  return (
    <Disclosure summary="What is measured, and how">
      <Facts className="max-w-3xl py-2">
        <Fact term="Found by us">
          Monitoring or somebody of ours noticed before any customer, partner or the public told us.
        </Fact>
        <Fact term="Customers noticed">
          Somebody recorded customer impact, or the word came from outside. Incidents that nobody classified
          count as not noticed.
        </Fact>
        <Fact term="Interval">
          Wilson, 95 %. Where it holds the target, the number of incidents is too small to tell.
        </Fact>
        <Fact term="Verdict">
          Laney&rsquo;s p′ chart of the share in each complete period: outside its limits, or eight on one
          side.
        </Fact>
      </Facts>
    </Disclosure>
  );
}

function csvHref(filter: ReportFilter, figure: string): string {
  return reportHref("/reports/detection/csv", filter, { figure });
}
