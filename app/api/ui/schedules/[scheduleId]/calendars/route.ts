import { MAX_CALENDAR_BYTES } from "#lib/calendars/calendar-source";
import { importCalendar } from "#lib/calendars/commands/import-calendar";
import { calendarBody } from "#lib/calendars/schemas";
import { uiRoute } from "#lib/http/ui-route";
import { scheduleParams } from "#lib/on-call/schemas";

export const POST = uiRoute(
  // A file is JSON text here, where some characters take two.
  { params: scheduleParams, body: calendarBody, permission: "configure", maxBytes: 2 * MAX_CALENDAR_BYTES },
  ({ ctx, params, body }) => importCalendar(ctx, { ...body, scheduleId: params.scheduleId }),
);
