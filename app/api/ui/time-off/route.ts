import { uiRoute } from "#lib/http/ui-route";
import { addTimeOff } from "#lib/on-call/commands/add-time-off";
import { timeOffSchema } from "#lib/on-call/schemas";

export const POST = uiRoute({ body: timeOffSchema }, ({ ctx, body }) => addTimeOff(ctx, body));
