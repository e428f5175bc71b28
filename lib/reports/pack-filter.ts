import type { UrlParameters } from "#lib/incidents/filter-parameters";
import { PACK_UNITS } from "#lib/reports/pack-period";
import type { PackUnit } from "#lib/reports/pack-period";
import { parseReportFilter, readWord, reportHref } from "#lib/reports/report-filter";
import type { ReportFilter } from "#lib/reports/report-filter";

/** What the URL of a summary or review says: which incidents, and which calendar period; no key is the last complete one. */
export type Pack = { filter: ReportFilter; unit: PackUnit; key: string | null };

/** Reads the URL; `usual` is the unit without a word about it. */
export function parsePack(parameters: UrlParameters, usual: PackUnit): Pack {
  return {
    filter: parseReportFilter(parameters),
    unit: PACK_UNITS.find((unit) => unit === readWord(parameters, "by")) ?? usual,
    key: readWord(parameters, "period"),
  };
}

/** The CSV file of a figure of this period. */
export function packCsvHref(pack: Pack, key: string, figure: string): string {
  return reportHref("/reports/reviews/csv", pack.filter, { by: pack.unit, period: key, figure });
}

/** The URL of a page with this period. */
export function packHref(path: string, { filter, unit, key }: Omit<Pack, "unit"> & { unit: string }): string {
  return reportHref(path, filter, { by: unit, period: key });
}
