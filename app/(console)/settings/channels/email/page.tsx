import type { Metadata } from "next";
import { PageHeader } from "#components/layout/page-header";
import { Badge } from "#components/ui/badge";
import { Card } from "#components/ui/card";
import { CodeBlock } from "#components/ui/code-block";
import { Fact, Facts } from "#components/ui/facts";
import { Forbidden } from "#components/ui/forbidden";
import { TextLink } from "#components/ui/link";
import { requireContext } from "#lib/auth/session";
import { env } from "#lib/env";
import { hasPermission, leastRoleWith } from "#lib/people/permissions";

export const metadata: Metadata = { title: "E-mail" };

export default async function EmailPage() {
  const ctx = await requireContext();
  if (!hasPermission(ctx.actor.role, "organisation.manage")) {
    return <Forbidden what="E-mail" role={leastRoleWith("organisation.manage")} grantedBy="An admin" />;
  }
  const { smtpUrl, mailFrom, mailInDomain, mailInPort } = env();
  const domain = mailInDomain ?? "pages.example.com";
  return (
    <>
      <PageHeader
        title="E-mail"
        description="Set by variables of the process, since mail must work before anybody can sign in."
        before={<TextLink href="/settings/channels">Channels</TextLink>}
      />
      <div className="flex flex-col gap-4">
        <Card title="Out">
          <Facts>
            <Fact term="Mail server">
              {smtpUrl === null ? <Badge hue="amber">none: kept in the outbox</Badge> : new URL(smtpUrl).host}
            </Fact>
            <Fact term="Sender">{mailFrom}</Fact>
          </Facts>
        </Card>
        <Card title="In: answering by reply" subtitle="ack, resolve, escalate, or note and some words">
          <div className="flex flex-col gap-4">
            <Facts>
              <Fact term="Domain">{mailInDomain ?? <Badge form="outline">not set</Badge>}</Fact>
              <Fact term="Port">
                {mailInPort ?? (
                  <span>
                    <Badge form="outline">not set</Badge> nothing is received by this process
                  </span>
                )}
              </Fact>
            </Facts>
            <ol className="flex list-decimal flex-col gap-1 pl-5 text-body text-text-2">
              <li>Choose a domain that nothing else uses, and let its mail (MX) come to your mail server.</li>
              <li>Let that server pass it on, unencrypted and inside your network, to the port below.</li>
              <li>Set the variables and start again. Pages then say that they can be replied to.</li>
            </ol>
            <CodeBlock
              name="Variables"
              code={`MAIL_IN_DOMAIN=${domain}\nMAIL_IN_PORT=${mailInPort ?? 2525}`}
            />
            <CodeBlock
              name="Postfix, /etc/postfix/transport"
              code={`${domain} smtp:[touchline.internal]:${mailInPort ?? 2525}`}
            />
            <p className="text-table text-text-2">
              Each page has a reply address of its own, which only its mail carries and which is its
              authority. Mail that programs send by themselves never acts; mail that comes back fails its
              send, and the person’s next step follows.
            </p>
          </div>
        </Card>
      </div>
    </>
  );
}
