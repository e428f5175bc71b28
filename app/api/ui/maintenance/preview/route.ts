import { uiRoute } from "#lib/http/ui-route";
import { previewMaintenance } from "#lib/noise/queries/maintenance";
import { maintenanceBody } from "#lib/noise/schemas";

export const POST = uiRoute({ body: maintenanceBody, permission: "read" }, ({ ctx, body }) =>
  previewMaintenance(ctx, body),
);
