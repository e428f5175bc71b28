import { MAX_CALENDAR_BYTES } from "#lib/calendars/calendar-source";
import { replaceCalendar } from "#lib/calendars/commands/replace-calendar";
import { calendarBody, calendarParams } from "#lib/calendars/schemas";
import { uiRoute } from "#lib/http/ui-route";

export const PUT = uiRoute(
  { params: calendarParams, body: calendarBody, permission: "configure", maxBytes: 2 * MAX_CALENDAR_BYTES },
  ({ ctx, params, body }) => replaceCalendar(ctx, { ...body, calendarId: params.calendarId }),
);
