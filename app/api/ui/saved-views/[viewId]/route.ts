import { uiRoute } from "#lib/http/ui-route";
import { removeView } from "#lib/reports/commands/save-view";
import { viewParams } from "#lib/reports/schemas";

export const DELETE = uiRoute({ params: viewParams, permission: "read" }, ({ ctx, params }) =>
  removeView(ctx, params),
);
