import { uiRoute } from "#lib/http/ui-route";
import { removeGameDay } from "#lib/reports/commands/keep-game-day";
import { gameDayParams } from "#lib/reports/schemas";

export const DELETE = uiRoute({ params: gameDayParams, permission: "configure" }, ({ ctx, params }) =>
  removeGameDay(ctx, params),
);
