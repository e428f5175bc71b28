import { AppError } from "#lib/errors";
import { csvResponse } from "#lib/http/csv-response";
import { uiRoute } from "#lib/http/ui-route";
import { NOISE_FIGURES, noiseCsv } from "#lib/reports/noise-csv";
import { parseNoiseFilter } from "#lib/reports/noise-filter";
import { readNoiseReport } from "#lib/reports/queries/noise-report";

/** A figure of the noise report as a CSV file. */
export const GET = uiRoute({ permission: "read" }, async ({ ctx, request, now }) => {
  const parameters = new URL(request.url).searchParams;
  const figure = NOISE_FIGURES.find((one) => one === parameters.get("figure"));
  if (!figure) throw new AppError("not_found", "There is no such figure.");
  const report = await readNoiseReport(ctx, parseNoiseFilter(parameters));
  return csvResponse(noiseCsv(report, figure), `noise-${figure}-${now.toISOString().slice(0, 10)}.csv`);
});
