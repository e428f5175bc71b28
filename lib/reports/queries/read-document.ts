import type { Context } from "#lib/context";
import { parseIncidentFilter } from "#lib/incidents/filter";
import type { ReportDocument } from "#lib/reports/document";
import { readResponseReport } from "#lib/reports/queries/response-report";
import { responseDocument } from "#lib/reports/response-document";
import { parseResponseFilter } from "#lib/reports/response-filter";
import type { DocumentReport } from "#lib/reports/sharing";
import { serviceLevelDocument } from "#lib/service-levels/level-document";
import { readServiceLevelReport } from "#lib/service-levels/queries/compliance";

/** A report with these filters (a query without its question mark) as it is sent and shared, as this actor may see it, now. */
export async function readDocument(
  ctx: Context,
  report: DocumentReport,
  query: string,
): Promise<ReportDocument> {
  const parameters = new URLSearchParams(query);
  if (report === "response") {
    return responseDocument(await readResponseReport(ctx, parseResponseFilter(parameters)));
  }
  const { team, service } = parseIncidentFilter(parameters).filter;
  return serviceLevelDocument(await readServiceLevelReport(ctx, { team, service }));
}
