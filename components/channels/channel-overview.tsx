import { ChannelIcon } from "#components/people/channel-icon";
import { Badge } from "#components/ui/badge";
import { Card } from "#components/ui/card";
import { TextLink } from "#components/ui/link";
import { CHANNEL_NAMES } from "#lib/notifications/capability";
import { CHANNELS } from "#lib/notifications/vocabulary";
import type { Channel } from "#lib/notifications/vocabulary";

/** Pages that set up a channel beside this one. */
const SETUP_PAGES: Partial<Record<Channel, string>> = {
  email: "/settings/channels/email",
  slack: "/settings/channels/slack",
  telegram: "/settings/channels/telegram",
  pushover: "/settings/channels/pushover",
};

interface ChannelOverviewProps {
  available: readonly Channel[];
  /** Mail lies in the outbox, since no mail server is set up. */
  hasMailServer: boolean;
}

/** Every channel, and whether pages can go out over it. */
export function ChannelOverview({ available, hasMailServer }: ChannelOverviewProps) {
  const others = CHANNELS.filter((channel) => channel !== "sms" && channel !== "phone");
  return (
    <Card flush title="Mail, push, chat and apps" subtitle="What needs no provider is ready at once">
      <ul>
        {others.map((channel) => (
          <li
            key={channel}
            className="flex flex-wrap items-center gap-x-3 gap-y-1 border-t px-4 py-3 first:border-t-0"
          >
            <ChannelIcon channel={channel} />
            <span className="min-w-32 flex-1 text-body font-medium first-letter:uppercase">
              {CHANNEL_NAMES[channel]}
            </span>
            <ChannelState
              channel={channel}
              isAvailable={available.includes(channel)}
              hasMailServer={hasMailServer}
            />
            {SETUP_PAGES[channel] === undefined ? null : (
              <TextLink href={SETUP_PAGES[channel]} aria-label={`Set up ${CHANNEL_NAMES[channel]}`}>
                Set up
              </TextLink>
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
}

interface ChannelStateProps {
  channel: Channel;
  isAvailable: boolean;
  hasMailServer: boolean;
}

function ChannelState({ channel, isAvailable, hasMailServer }: ChannelStateProps) {
  if (channel === "email" && !hasMailServer) {
    return (
      <>
        <Badge hue="amber">no mail server</Badge>
        <TextLink href="/settings/outbox">Outbox</TextLink>
      </>
    );
  }
  if (isAvailable) return <Badge hue="green">ready</Badge>;
  return <Badge form="outline">not set up</Badge>;
}
