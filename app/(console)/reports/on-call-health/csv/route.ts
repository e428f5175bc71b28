import { AppError } from "#lib/errors";
import { csvResponse } from "#lib/http/csv-response";
import { uiRoute } from "#lib/http/ui-route";
import { HEALTH_FIGURES, healthCsv } from "#lib/reports/on-call-health-csv";
import { readHealthReport } from "#lib/reports/queries/on-call-health-report";
import { parseReportFilter } from "#lib/reports/report-filter";

/** A figure of the on-call health report as a CSV file. */
export const GET = uiRoute({ permission: "read" }, async ({ ctx, request, now }) => {
  const parameters = new URL(request.url).searchParams;
  const figure = HEALTH_FIGURES.find((one) => one === parameters.get("figure"));
  if (!figure) throw new AppError("not_found", "There is no such figure.");
  const report = await readHealthReport(ctx, parseReportFilter(parameters));
  return csvResponse(
    healthCsv(report, figure),
    `on-call-health-${figure}-${now.toISOString().slice(0, 10)}.csv`,
  );
});
