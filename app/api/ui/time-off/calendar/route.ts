import { uiRoute } from "#lib/http/ui-route";
import { setTimeOffCalendar } from "#lib/on-call/commands/set-time-off-calendar";
import { timeOffCalendarSchema } from "#lib/on-call/schemas";

export const PUT = uiRoute({ body: timeOffCalendarSchema }, ({ ctx, body }) => setTimeOffCalendar(ctx, body));
