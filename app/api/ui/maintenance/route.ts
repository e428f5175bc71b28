import { uiRoute } from "#lib/http/ui-route";
import { createMaintenance } from "#lib/noise/commands/maintenance";
import { maintenanceBody } from "#lib/noise/schemas";

export const POST = uiRoute({ body: maintenanceBody, permission: "incident.respond" }, ({ ctx, body }) =>
  createMaintenance(ctx, body),
);
