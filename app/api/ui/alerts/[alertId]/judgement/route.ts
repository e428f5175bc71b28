import { uiRoute } from "#lib/http/ui-route";
import { judgeAlert } from "#lib/noise/commands/judge-alert";
import { alertParams, judgeAlertSchema } from "#lib/noise/schemas";

export const PUT = uiRoute(
  { params: alertParams, body: judgeAlertSchema.omit({ alertId: true }), permission: "incident.respond" },
  ({ ctx, params, body }) => judgeAlert(ctx, { ...params, ...body }),
);
