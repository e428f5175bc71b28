import { AvailabilityFigure } from "#components/reports/availability-figure";
import { CausesFigure } from "#components/reports/causes-figure";
import { CommitmentsLine } from "#components/reports/commitments-line";
import { ImpactFigure } from "#components/reports/impact-figure";
import { MajorsFigure } from "#components/reports/majors-figure";
import { PackNotes } from "#components/reports/pack-notes";
import { PackTiles } from "#components/reports/pack-tiles";
import { ReportPanel } from "#components/reports/report-panel";
import { packSentences } from "#lib/reports/pack-words";
import type { PackFigure } from "#lib/reports/pack-csv";
import type { PackReport } from "#lib/reports/pack-report";

interface ExecutiveViewProps {
  report: PackReport;
  /** The CSV file of a figure. */
  csvOf: (figure: PackFigure) => string;
}

/** One page for who has half a minute, on paper as well: what changed, for whom, at what cost. */
export function ExecutiveView({ report, csvOf }: ExecutiveViewProps) {
  return (
    <div data-one-page className="flex flex-col gap-4 print:gap-2">
      <ul className="flex max-w-prose flex-col gap-1 text-reading print:max-w-none print:gap-0 print:text-meta">
        {packSentences(report).map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      <PackTiles report={report} />
      <div className="grid grid-cols-1 gap-4 xl:grid-cols-2 print:grid-cols-2 print:gap-2">
        <ReportPanel>
          <AvailabilityFigure report={report} csvHref={csvOf("availability")} />
        </ReportPanel>
        <ReportPanel>
          <MajorsFigure report={report} csvHref={csvOf("majors")} />
        </ReportPanel>
        <ReportPanel>
          <ImpactFigure report={report} csvHref={csvOf("course")} />
        </ReportPanel>
        <ReportPanel>
          <CausesFigure report={report} csvHref={csvOf("causes")} />
        </ReportPanel>
      </div>
      {report.commitments === null ? null : (
        <CommitmentsLine commitments={report.commitments} label={report.period.label} />
      )}
      <PackNotes report={report} />
    </div>
  );
}
