import { uiRoute } from "#lib/http/ui-route";
import { openNow } from "#lib/noise/commands/open-now";
import { alertParams } from "#lib/noise/schemas";

export const POST = uiRoute({ params: alertParams, permission: "incident.respond" }, ({ ctx, params }) =>
  openNow(ctx, params),
);
