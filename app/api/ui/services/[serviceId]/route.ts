import { uiRoute } from "#lib/http/ui-route";
import { deleteService } from "#lib/services/commands/delete-service";
import { updateService } from "#lib/services/commands/update-service";
import { serviceParams, serviceUpdateSchema } from "#lib/services/schemas";

export const PATCH = uiRoute(
  { params: serviceParams, body: serviceUpdateSchema.omit({ serviceId: true }), permission: "configure" },
  ({ ctx, params, body }) => updateService(ctx, { ...params, ...body }),
);

export const DELETE = uiRoute({ params: serviceParams, permission: "configure" }, ({ ctx, params }) =>
  deleteService(ctx, params.serviceId),
);
