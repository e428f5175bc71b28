import { uiRoute } from "#lib/http/ui-route";
import { judgePage } from "#lib/incidents/commands/judge-page";
import { incidentParams, pageVerdictBody } from "#lib/incidents/schemas";

export const POST = uiRoute({ params: incidentParams, body: pageVerdictBody }, ({ ctx, params, body }) =>
  judgePage(ctx, { ...params, ...body }),
);
