import { refreshCalendar } from "#lib/calendars/commands/refresh-calendar";
import { calendarParams } from "#lib/calendars/schemas";
import { uiRoute } from "#lib/http/ui-route";

export const POST = uiRoute({ params: calendarParams, permission: "incident.respond" }, ({ ctx, params }) =>
  refreshCalendar(ctx, params.calendarId),
);
