import { uiRoute } from "#lib/http/ui-route";
import { scheduleReport } from "#lib/reports/commands/schedule-report";
import { scheduleInputSchema } from "#lib/reports/schemas";

export const POST = uiRoute({ body: scheduleInputSchema, permission: "read" }, ({ ctx, body }) =>
  scheduleReport(ctx, body),
);
