import { uiRoute } from "#lib/http/ui-route";
import { addPhoneNumber, addPhoneNumberSchema } from "#lib/notifications/commands/add-phone-number";
import { userParams } from "#lib/people/schemas";

export const POST = uiRoute(
  { params: userParams, body: addPhoneNumberSchema.omit({ userId: true }) },
  ({ ctx, params, body }) => addPhoneNumber(ctx, { ...params, ...body }),
);
