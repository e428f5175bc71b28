import { getAlert } from "#lib/alerts/queries/list-alerts";
import { listEvents } from "#lib/events/queries/events";
import { uiRoute } from "#lib/http/ui-route";
import { alertParams } from "#lib/noise/schemas";

const NEWEST_EVENTS = 20;

export const GET = uiRoute(
  { params: alertParams, permission: "read" },
  async ({ ctx, params: { alertId } }) => {
    const [alert, { events }] = await Promise.all([
      getAlert(ctx, alertId),
      listEvents(ctx, { alertId, limit: NEWEST_EVENTS }),
    ]);
    return { alert, events };
  },
);
