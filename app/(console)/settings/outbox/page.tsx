import type { Metadata } from "next";
import { PageHeader } from "#components/layout/page-header";
import { LiveRefresh } from "#components/live/live-refresh";
import { OutboxList } from "#components/settings/outbox-list";
import { Callout } from "#components/ui/callout";
import { EmptyState } from "#components/ui/empty-state";
import { requireContext } from "#lib/auth/session";
import { env } from "#lib/env";
import { listOutboxMessages } from "#lib/notifications/queries/outbox";
import { hasPermission } from "#lib/people/permissions";

export const metadata: Metadata = { title: "Outbox" };

export default async function OutboxPage() {
  const ctx = await requireContext();
  const page = await listOutboxMessages(ctx);
  const all = hasPermission(ctx.actor.role, "organisation.manage");
  return (
    <>
      <LiveRefresh entities={["page", "incident"]} />
      <PageHeader
        title="Outbox"
        description={`Mail ${all ? "to everybody" : "to you"} that was written while no mail server was set up.`}
      />
      {env().smtpUrl === null ? (
        <Callout tone="warning" title="No mail server is set up." className="mb-3">
          E-mail reaches nobody: it is kept here instead. Set SMTP_URL to send it.
        </Callout>
      ) : null}
      {page.messages.length === 0 ? (
        <EmptyState kind="all-clear" title="There is no message here." />
      ) : (
        <OutboxList key={page.messages[0]?.id} initial={page} />
      )}
    </>
  );
}
