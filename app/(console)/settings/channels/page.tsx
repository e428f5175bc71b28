import type { Metadata } from "next";
import { ChannelOverview } from "#components/channels/channel-overview";
import { TelephonyCard } from "#components/channels/telephony-card";
import { PageHeader } from "#components/layout/page-header";
import { LiveRefresh } from "#components/live/live-refresh";
import { Callout } from "#components/ui/callout";
import { Forbidden } from "#components/ui/forbidden";
import { requireContext } from "#lib/auth/session";
import { env } from "#lib/env";
import { hookUrl } from "#lib/notifications/channels/telephony/hook-urls";
import { readAvailableChannels } from "#lib/notifications/queries/available-channels";
import { listProviders } from "#lib/notifications/queries/providers";
import { hasPermission, leastRoleWith } from "#lib/people/permissions";

export const metadata: Metadata = { title: "Channels" };

export default async function ChannelsPage() {
  const ctx = await requireContext();
  if (!hasPermission(ctx.actor.role, "organisation.manage")) {
    return <Forbidden what="Channels" role={leastRoleWith("organisation.manage")} grantedBy="An admin" />;
  }
  const [providers, available] = await Promise.all([listProviders(ctx), readAvailableChannels(ctx.db)]);
  const { url, smtpUrl } = env();
  const replyUrls = Object.fromEntries(providers.map(({ id }) => [id, hookUrl(url, id, "text")]));
  const isPublic = url.startsWith("https://");
  return (
    <>
      <LiveRefresh entities={["channel_provider"]} />
      <PageHeader
        title="Channels"
        description="What carries pages to people. Each person chooses among these under their own notifications."
      />
      <div className="flex flex-col gap-4">
        {isPublic || providers.length === 0 ? null : (
          <Callout tone="warning" title={`Providers must be able to reach ${url}`}>
            They ask there what to say in a call, and report there what became of each message. Set
            TOUCHLINE_URL to the public https address of this deployment.
          </Callout>
        )}
        {(["phone", "sms"] as const).map((channel) => (
          <TelephonyCard
            key={channel}
            channel={channel}
            providers={providers.filter((provider) => provider.channel === channel)}
            replyUrls={replyUrls}
          />
        ))}
        <ChannelOverview available={[...available]} hasMailServer={smtpUrl !== null} />
      </div>
    </>
  );
}
