import { AppError } from "#lib/errors";
import { csvResponse } from "#lib/http/csv-response";
import { uiRoute } from "#lib/http/ui-route";
import { DETECTION_FIGURES, detectionCsv } from "#lib/reports/detection-csv";
import { readDetectionReport } from "#lib/reports/queries/detection-report";
import { parseReportFilter } from "#lib/reports/report-filter";

/** A figure of the detection report as a CSV file. */
export const GET = uiRoute({ permission: "read" }, async ({ ctx, request, now }) => {
  const parameters = new URL(request.url).searchParams;
  const figure = DETECTION_FIGURES.find((one) => one === parameters.get("figure"));
  if (!figure) throw new AppError("not_found", "There is no such figure.");
  const report = await readDetectionReport(ctx, parseReportFilter(parameters));
  return csvResponse(
    detectionCsv(report, figure),
    `detection-${figure}-${now.toISOString().slice(0, 10)}.csv`,
  );
});
