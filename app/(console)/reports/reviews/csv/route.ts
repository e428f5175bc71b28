import { AppError } from "#lib/errors";
import { csvResponse } from "#lib/http/csv-response";
import { uiRoute } from "#lib/http/ui-route";
import { PACK_FIGURES, packCsv } from "#lib/reports/pack-csv";
import { parsePack } from "#lib/reports/pack-filter";
import { readPackReport } from "#lib/reports/queries/pack-report";

/** A figure of a summary or review as a CSV file. */
export const GET = uiRoute({ permission: "read" }, async ({ ctx, request }) => {
  const parameters = new URL(request.url).searchParams;
  const figure = PACK_FIGURES.find((one) => one === parameters.get("figure"));
  if (!figure) throw new AppError("not_found", "There is no such figure.");
  const pack = parsePack(parameters, "quarter");
  const report = await readPackReport(ctx, pack.filter, pack);
  return csvResponse(packCsv(report, figure), `review-${figure}-${report.period.key}.csv`);
});
