import { uiRoute } from "#lib/http/ui-route";
import { createMailbox } from "#lib/mail-in/commands/mailboxes";
import { mailboxInputSchema } from "#lib/mail-in/schemas";
import { serviceParams } from "#lib/services/schemas";

export const POST = uiRoute(
  { params: serviceParams, body: mailboxInputSchema.omit({ serviceId: true }), permission: "configure" },
  ({ ctx, params, body }) => createMailbox(ctx, { ...params, ...body }),
);
