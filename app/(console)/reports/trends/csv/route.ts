import { AppError } from "#lib/errors";
import { csvResponse } from "#lib/http/csv-response";
import { uiRoute } from "#lib/http/ui-route";
import { readTrendsReport } from "#lib/reports/queries/trends-report";
import { TREND_FIGURES, trendsCsv } from "#lib/reports/trends-csv";
import { parseTrendsFilter } from "#lib/reports/trends-filter";

/** A figure of the trends report as a CSV file, with every row. */
export const GET = uiRoute({ permission: "read" }, async ({ ctx, request, now }) => {
  const parameters = new URL(request.url).searchParams;
  const filter = parseTrendsFilter(parameters);
  const figure = TREND_FIGURES.find((one) => one === parameters.get("figure"));
  if (!figure) throw new AppError("not_found", "There is no such figure.");
  const report = await readTrendsReport(ctx, filter, true);
  return csvResponse(trendsCsv(report, figure), `trends-${figure}-${now.toISOString().slice(0, 10)}.csv`);
});
