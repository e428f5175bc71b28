import { z } from "zod";
import { uiRoute } from "#lib/http/ui-route";
import { addContactMethod } from "#lib/notifications/commands/add-contact-method";
import { userParams } from "#lib/people/schemas";

const body = z.object({
  channel: z.enum(["email", "slack", "webhook"]),
  label: z.string(),
  address: z.string(),
});

export const POST = uiRoute({ params: userParams, body }, ({ ctx, params, body: given }) =>
  addContactMethod(ctx, { ...params, ...given }),
);
