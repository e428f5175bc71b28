import { queryOptions } from "@tanstack/react-query";
import type { AlertDetailDto } from "#lib/alerts/schemas";
import { callApi } from "#lib/browser/api";
import type { ReceivedEvent } from "#lib/events/client";

/** One alert with its newest events; those that are not kept any more are missing. */
export function alertOptions(alertId: string) {
  return queryOptions({
    queryKey: ["alerts", alertId],
    queryFn: ({ signal }) =>
      callApi<{ alert: AlertDetailDto; events: ReceivedEvent[] }>(
        "GET",
        `/api/ui/alerts/${encodeURIComponent(alertId)}`,
        undefined,
        signal,
      ),
  });
}
