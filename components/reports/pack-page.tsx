import type { ComponentType } from "react";
import { PackHeader } from "#components/reports/pack-header";
import { ReportPage } from "#components/reports/report-page";
import type { PackFigure } from "#lib/reports/pack-csv";
import { packCsvHref, packHref } from "#lib/reports/pack-filter";
import type { Pack } from "#lib/reports/pack-filter";
import type { PackUnit } from "#lib/reports/pack-period";
import type { PackReport } from "#lib/reports/pack-report";

interface PackPageProps {
  title: string;
  description: string;
  path: string;
  pack: Pack;
  units: readonly { unit: PackUnit; label: string }[];
  load: () => Promise<{ report: PackReport; organisation: string }>;
  View: ComponentType<{ report: PackReport; csvOf: (figure: PackFigure) => string }>;
}

/** The frame of a report on a calendar period: which one it is, the ways to others, and its view. */
export function PackPage({ title, description, ...answer }: PackPageProps) {
  return (
    <ReportPage title={title} description={description} href={packHref(answer.path, answer.pack)}>
      <Answer {...answer} />
    </ReportPage>
  );
}

async function Answer({ path, pack, units, load, View }: Omit<PackPageProps, "title" | "description">) {
  const { report, organisation } = await load();
  return (
    <div className="flex flex-col gap-5 print:gap-2.5">
      <PackHeader
        report={report}
        organisation={organisation}
        units={units}
        hrefOf={(unit, key) => packHref(path, { ...pack, unit, key })}
      />
      <View report={report} csvOf={(figure) => packCsvHref(pack, report.period.key, figure)} />
    </div>
  );
}
