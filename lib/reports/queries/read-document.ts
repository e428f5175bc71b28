import type { Context } from "#lib/context";
import { parseIncidentFilter } from "#lib/incidents/filter";
import { detectionDocument } from "#lib/reports/detection-document";
import type { ReportDocument } from "#lib/reports/document";
import { noiseDocument } from "#lib/reports/noise-document";
import { parseNoiseFilter } from "#lib/reports/noise-filter";
import { healthDocument } from "#lib/reports/on-call-health-document";
import { executiveDocument, reviewDocument } from "#lib/reports/pack-document";
import { parsePack } from "#lib/reports/pack-filter";
import { readDetectionReport } from "#lib/reports/queries/detection-report";
import { readNoiseReport } from "#lib/reports/queries/noise-report";
import { readHealthReport } from "#lib/reports/queries/on-call-health-report";
import { readPackReport } from "#lib/reports/queries/pack-report";
import { readResponseReport } from "#lib/reports/queries/response-report";
import { readTrendsReport } from "#lib/reports/queries/trends-report";
import { parseReportFilter } from "#lib/reports/report-filter";
import { responseDocument } from "#lib/reports/response-document";
import { parseResponseFilter } from "#lib/reports/response-filter";
import { USUAL_UNITS } from "#lib/reports/sharing";
import type { DocumentReport } from "#lib/reports/sharing";
import { trendsDocument } from "#lib/reports/trends-document";
import { parseTrendsFilter } from "#lib/reports/trends-filter";
import { serviceLevelDocument } from "#lib/service-levels/level-document";
import { readServiceLevelReport } from "#lib/service-levels/queries/compliance";

type Read = (ctx: Context, parameters: URLSearchParams) => Promise<ReportDocument>;

const READS: Record<DocumentReport, Read> = {
  response: async (ctx, parameters) =>
    responseDocument(await readResponseReport(ctx, parseResponseFilter(parameters))),
  "service-levels": async (ctx, parameters) => {
    const { team, service } = parseIncidentFilter(parameters).filter;
    return serviceLevelDocument(await readServiceLevelReport(ctx, { team, service }));
  },
  executive: async (ctx, parameters) =>
    executiveDocument(await readPack(ctx, parameters, USUAL_UNITS.executive)),
  reviews: async (ctx, parameters) => reviewDocument(await readPack(ctx, parameters, USUAL_UNITS.reviews)),
  trends: async (ctx, parameters) => {
    const filter = parseTrendsFilter(parameters);
    return trendsDocument(await readTrendsReport(ctx, filter), filter.by);
  },
  detection: async (ctx, parameters) =>
    detectionDocument(await readDetectionReport(ctx, parseReportFilter(parameters))),
  "on-call-health": async (ctx, parameters) =>
    healthDocument(await readHealthReport(ctx, parseReportFilter(parameters))),
  noise: async (ctx, parameters) => noiseDocument(await readNoiseReport(ctx, parseNoiseFilter(parameters))),
};

/** A report with these filters (a query without its question mark) as it is sent and shared, as this actor may see it, now. */
export async function readDocument(
  ctx: Context,
  report: DocumentReport,
  query: string,
): Promise<ReportDocument> {
  return READS[report](ctx, new URLSearchParams(query));
}

function readPack(ctx: Context, parameters: URLSearchParams, usual: "week" | "quarter") {
  const pack = parsePack(parameters, usual);
  return readPackReport(ctx, pack.filter, pack);
}
