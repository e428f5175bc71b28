import { uiRoute } from "#lib/http/ui-route";
import { tryMailbox } from "#lib/mail-in/queries/try-mailbox";
import { tryMailboxSchema } from "#lib/mail-in/schemas";

export const POST = uiRoute({ body: tryMailboxSchema, permission: "read" }, ({ ctx, body }) =>
  tryMailbox(ctx, body),
);
