import { uiRoute } from "#lib/http/ui-route";
import { endSchedule } from "#lib/reports/commands/schedule-report";
import { scheduleParams } from "#lib/reports/schemas";

export const DELETE = uiRoute({ params: scheduleParams, permission: "read" }, ({ ctx, params }) =>
  endSchedule(ctx, params),
);
