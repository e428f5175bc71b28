import { uiRoute } from "#lib/http/ui-route";
import { removeTimeOff } from "#lib/on-call/commands/remove-time-off";
import { timeOffParams } from "#lib/on-call/schemas";

export const DELETE = uiRoute({ params: timeOffParams }, ({ ctx, params }) =>
  removeTimeOff(ctx, params.timeOffId),
);
