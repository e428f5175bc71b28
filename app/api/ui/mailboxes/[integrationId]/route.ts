import { uiRoute } from "#lib/http/ui-route";
import { updateMailbox } from "#lib/mail-in/commands/mailboxes";
import { mailboxUpdateSchema } from "#lib/mail-in/schemas";
import { integrationParams } from "#lib/services/schemas";

export const PATCH = uiRoute(
  {
    params: integrationParams,
    body: mailboxUpdateSchema.omit({ integrationId: true }),
    permission: "configure",
  },
  ({ ctx, params, body }) => updateMailbox(ctx, { ...params, ...body }),
);
