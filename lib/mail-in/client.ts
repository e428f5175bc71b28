import { queryOptions } from "@tanstack/react-query";
import { callApi } from "#lib/browser/api";
import type { MailboxDto } from "#lib/mail-in/queries/mailboxes";
import type { MailTrial } from "#lib/mail-in/queries/try-mailbox";
import type { MailboxInput, MailboxUpdate, TryMailboxInput } from "#lib/mail-in/schemas";

// What browser code knows of the answers; the queries themselves stay on the server.
export type Mailbox = MailboxDto;
export type MailTrialDto = MailTrial;

export function createMailbox({ serviceId, ...mailbox }: MailboxInput) {
  return callApi<{ id: string; key: string }>("POST", `/api/ui/services/${serviceId}/mailboxes`, mailbox);
}

export function updateMailbox({ integrationId, ...change }: MailboxUpdate) {
  return callApi<null>("PATCH", `/api/ui/mailboxes/${integrationId}`, change);
}

/** What settings that are not saved would make of a mail. */
export function mailTrialOptions(integrationId: string, draft: TryMailboxInput) {
  return queryOptions({
    queryKey: ["mailboxes", integrationId, "trial", draft],
    queryFn: ({ signal }) =>
      callApi<MailTrial>("POST", `/api/ui/mailboxes/${integrationId}/try`, draft, signal),
  });
}
