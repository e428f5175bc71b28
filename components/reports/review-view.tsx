import { CausesFigure } from "#components/reports/causes-figure";
import { MajorsFigure } from "#components/reports/majors-figure";
import { PackNotes } from "#components/reports/pack-notes";
import { PackFiguresTable, PackTeamsTable } from "#components/reports/pack-tables";
import { PackTiles } from "#components/reports/pack-tiles";
import { ReportPanel } from "#components/reports/report-panel";
import { TextLink } from "#components/ui/link";
import { packSentences } from "#lib/reports/pack-words";
import type { PackFigure } from "#lib/reports/pack-csv";
import type { PackReport } from "#lib/reports/pack-report";

const MEETINGS = {
  week: "On-call review: what woke people, and was it worth it?",
  month: "Service review: which services cost us, and do we meet what we promised?",
  quarter: "Business review: what did it cost customers and people?",
} as const;

interface ReviewViewProps {
  report: PackReport;
  /** The CSV file of a figure. */
  csvOf: (figure: PackFigure) => string;
}

/** What a team, a department or the business goes through in its review, in the order of the meeting. */
export function ReviewView({ report, csvOf }: ReviewViewProps) {
  const range = `from=${new Date(report.period.start).toISOString()}&to=${new Date(report.period.end).toISOString()}`;
  return (
    <div className="flex flex-col gap-5">
      <p className="text-body text-text-2">{MEETINGS[report.unit]}</p>
      <ul className="flex max-w-prose flex-col gap-1 text-reading">
        {packSentences(report).map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      {report.unit === "week" ? null : <PackTiles report={report} />}
      <PackFiguresTable report={report} csvHref={csvOf("numbers")} />
      <ReportPanel>
        <MajorsFigure report={report} csvHref={csvOf("majors")} />
      </ReportPanel>
      {report.unit === "week" ? null : (
        <ReportPanel>
          <CausesFigure report={report} csvHref={csvOf("causes")} />
        </ReportPanel>
      )}
      <PackTeamsTable report={report} csvHref={csvOf("teams")} />
      <p data-screen className="text-body">
        The same time in detail: <TextLink href={`/reports/response?${range}`}>response</TextLink>,{" "}
        <TextLink href={`/reports/trends?${range}`}>trends</TextLink>,{" "}
        <TextLink href={`/reports/detection?${range}`}>detection</TextLink>,{" "}
        <TextLink href={`/reports/on-call-health?${range}`}>on-call health</TextLink>.
      </p>
      <PackNotes report={report} />
    </div>
  );
}
