import { AppError } from "#lib/errors";
import { csvResponse } from "#lib/http/csv-response";
import { uiRoute } from "#lib/http/ui-route";
import { rangeOf } from "#lib/reports/period";
import { readIncidentCsv } from "#lib/reports/queries/incident-csv";
import { readResponseReport } from "#lib/reports/queries/response-report";
import { FIGURES, reportCsv } from "#lib/reports/report-csv";
import { populationOf } from "#lib/reports/report-filter";
import { parseResponseFilter } from "#lib/reports/response-filter";

/** A figure of the response report, or its incidents, as a CSV file. */
export const GET = uiRoute({ permission: "read" }, async ({ ctx, request, now }) => {
  const parameters = new URL(request.url).searchParams;
  const filter = parseResponseFilter(parameters);
  const wanted = parameters.get("figure");
  const name = `response-${wanted}-${now.toISOString().slice(0, 10)}.csv`;
  if (wanted === "incidents") {
    const range = rangeOf(filter, ctx.actor.timeZone, now.getTime());
    return csvResponse(toStream(readIncidentCsv(ctx, populationOf(filter, range))), name);
  }
  const figure = FIGURES.find((one) => one === wanted);
  if (!figure) throw new AppError("not_found", "There is no such figure.");
  return csvResponse(reportCsv(await readResponseReport(ctx, filter), figure), name);
});

/** Pulled by the reader: a slow one slows the cursor, one that leaves closes it. */
function toStream(parts: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    pull: async (controller) => {
      const { done, value } = await parts.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    cancel: async () => {
      await parts.return(undefined);
    },
  });
}
