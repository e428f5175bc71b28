import { uiRoute } from "#lib/http/ui-route";
import { removeContactMethod } from "#lib/notifications/commands/remove-contact-method";
import { updateContactMethod } from "#lib/notifications/commands/update-contact-method";
import { contactMethodParams, updateContactMethodSchema } from "#lib/notifications/schemas";

export const PATCH = uiRoute(
  { params: contactMethodParams, body: updateContactMethodSchema.omit({ contactMethodId: true }) },
  ({ ctx, params, body }) => updateContactMethod(ctx, { ...params, ...body }),
);

export const DELETE = uiRoute({ params: contactMethodParams }, ({ ctx, params }) =>
  removeContactMethod(ctx, params),
);
