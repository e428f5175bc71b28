import type { Metadata } from "next";
import { PageHeader } from "#components/layout/page-header";
import { LinkedText } from "#components/settings/linked-text";
import { MessagePreview } from "#components/settings/message-preview";
import { Time } from "#components/time/time";
import { Card } from "#components/ui/card";
import { TextLink } from "#components/ui/link";
import { SegmentedLinks } from "#components/ui/tabs";
import { requireContext } from "#lib/auth/session";
import { orNotFound } from "#lib/http/or-not-found";
import { readOutboxMessage } from "#lib/notifications/queries/outbox";

type Params = { params: Promise<{ id: string }> };
type Props = Params & { searchParams: Promise<{ as?: string | string[] }> };

export async function generateMetadata({ params }: Params): Promise<Metadata> {
  const [ctx, { id }] = await Promise.all([requireContext(), params]);
  const { subject } = await orNotFound(readOutboxMessage(ctx, { id }));
  return { title: subject };
}

export default async function OutboxMessagePage({ params, searchParams }: Props) {
  const [ctx, { id }, { as }] = await Promise.all([requireContext(), params, searchParams]);
  const message = await orNotFound(readOutboxMessage(ctx, { id }));
  return (
    <>
      <PageHeader
        title={message.subject}
        trail="Message"
        before={<TextLink href="/settings/outbox">Outbox</TextLink>}
        description={
          <>
            To {message.to}, <Time at={message.at} format="date-time" />
          </>
        }
      >
        <SegmentedLinks
          label="Form"
          options={[
            { href: `/settings/outbox/${id}`, label: "Text", current: as !== "html" },
            { href: `/settings/outbox/${id}?as=html`, label: "HTML", current: as === "html" },
          ]}
        />
      </PageHeader>
      {as === "html" ? (
        <Card flush title="As HTML" subtitle="Shown without scripts, as mail programs do">
          <MessagePreview html={message.html} subject={message.subject} />
        </Card>
      ) : (
        <Card>
          <LinkedText text={message.text} />
        </Card>
      )}
    </>
  );
}
