import type { ComponentType } from "react";
import { PackHeader } from "#components/reports/pack-header";
import { PeriodComment } from "#components/reports/period-comment";
import { ReportPage } from "#components/reports/report-page";
import type { PackFigure } from "#lib/reports/pack-csv";
import { packCsvHref, packHref } from "#lib/reports/pack-filter";
import type { Pack } from "#lib/reports/pack-filter";
import type { PackUnit } from "#lib/reports/pack-period";
import type { PackReport } from "#lib/reports/pack-report";
import { REPORT_PATHS } from "#lib/reports/sharing";

interface PackPageProps {
  title: string;
  description: string;
  report: "executive" | "reviews";
  canComment: boolean;
  pack: Pack;
  units: readonly { unit: PackUnit; label: string }[];
  load: () => Promise<{ report: PackReport; organisation: string }>;
  View: ComponentType<{ report: PackReport; csvOf: (figure: PackFigure) => string }>;
}

/** The frame of a report on a calendar period: which one it is, the ways to others, and its view. */
export function PackPage({ title, description, ...answer }: PackPageProps) {
  return (
    <ReportPage
      title={title}
      description={description}
      href={packHref(REPORT_PATHS[answer.report], answer.pack)}
    >
      <Answer {...answer} />
    </ReportPage>
  );
}

async function Answer(props: Omit<PackPageProps, "title" | "description">) {
  const { report: kind, canComment, pack, units, load, View } = props;
  const path = REPORT_PATHS[kind];
  const { report, organisation } = await load();
  const { period, comment } = report;
  const [, query = ""] = packHref("", { ...pack, key: period.key }).split("?");
  return (
    <div className="flex flex-col gap-5 print:gap-2.5">
      <PackHeader
        report={report}
        organisation={organisation}
        units={units}
        hrefOf={(unit, key) => packHref(path, { ...pack, unit, key })}
      />
      <PeriodComment
        // Another period is another comment; so is one that was saved meanwhile.
        key={`${period.key} ${comment.version}`}
        comment={comment}
        about={{ report: kind, query, label: period.label }}
        canWrite={canComment}
      />
      <View report={report} csvOf={(figure) => packCsvHref(pack, report.period.key, figure)} />
    </div>
  );
}
