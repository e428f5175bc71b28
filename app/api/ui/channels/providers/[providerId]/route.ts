import { z } from "zod";
import { idField } from "#lib/field-schemas";
import { uiRoute } from "#lib/http/ui-route";
import { removeProvider } from "#lib/notifications/commands/remove-provider";
import { updateProvider, updateProviderSchema } from "#lib/notifications/commands/update-provider";

const params = z.object({ providerId: idField });

export const PATCH = uiRoute(
  { permission: "organisation.manage", params, body: updateProviderSchema.omit({ providerId: true }) },
  ({ ctx, params: { providerId }, body }) => updateProvider(ctx, { providerId, ...body }),
);

export const DELETE = uiRoute({ permission: "organisation.manage", params }, ({ ctx, params: given }) =>
  removeProvider(ctx, given),
);
