import { callApi } from "#lib/browser/api";
import type { MailboxDto } from "#lib/mail-in/queries/mailboxes";
import type { MailboxInput, MailboxUpdate } from "#lib/mail-in/schemas";

// What browser code knows of the answers; the queries themselves stay on the server.
export type Mailbox = MailboxDto;

export function createMailbox({ serviceId, ...mailbox }: MailboxInput) {
  return callApi<{ id: string; key: string }>("POST", `/api/ui/services/${serviceId}/mailboxes`, mailbox);
}

export function updateMailbox({ integrationId, ...change }: MailboxUpdate) {
  return callApi<null>("PATCH", `/api/ui/mailboxes/${integrationId}`, change);
}
