import { MailboxForm } from "#components/mail-in/mailbox-form";
import { Time } from "#components/time/time";
import { Callout } from "#components/ui/callout";
import { Card } from "#components/ui/card";
import { CodeBlock } from "#components/ui/code-block";
import type { Mailbox } from "#lib/mail-in/client";

interface MailboxCardProps {
  mailbox: Mailbox;
  /** Where a hosted receiver may post mail; null for those who may not see keys. */
  postAddress: string | null;
  canConfigure: boolean;
}

/** The address of an integration, how its mail becomes events, and what came last. */
export function MailboxCard({ mailbox, postAddress, canConfigure }: MailboxCardProps) {
  const { address, mails } = mailbox;
  return (
    <>
      <Card title="Mail" subtitle={address ?? `${mailbox.localPart}@ …`}>
        <div className="flex flex-col gap-4">
          {address === null ? (
            <Callout tone="warning" title="No domain's mail comes here.">
              Set MAIL_IN_DOMAIN and MAIL_IN_PORT and let the domain's MX lead to this server, or let a hosted
              receiver post its mail, as it came (MIME), to the address below.
            </Callout>
          ) : (
            <CodeBlock name="Address for mail" code={address} wrap />
          )}
          {postAddress === null ? null : <CodeBlock name="Address for posted mail" code={postAddress} wrap />}
          {canConfigure ? <MailboxForm mailbox={mailbox} /> : null}
        </div>
      </Card>
      <Card flush title="Mail that came last">
        {mails.length === 0 ? (
          <p className="p-4 text-body text-text-2">None yet.</p>
        ) : (
          <ul aria-label="Mail that came last, newest first">
            {mails.map((mail) => (
              <li key={mail.id} className="border-b px-4 py-2.5 last:border-b-0">
                <div className="flex flex-wrap gap-x-3 text-body">
                  <bdi className="min-w-0 [overflow-wrap:anywhere]">{mail.subject || "(no subject)"}</bdi>
                  <span className="ml-auto text-table text-text-3">
                    <Time at={mail.receivedAt} />
                  </span>
                </div>
                <p className="text-meta [overflow-wrap:anywhere] text-text-3">
                  <bdi>{mail.sender}</bdi> · {mail.outcome}
                </p>
              </li>
            ))}
          </ul>
        )}
      </Card>
    </>
  );
}
