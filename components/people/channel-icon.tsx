import { BellRing, Mail, MessageSquare, Phone, Smartphone, Webhook } from "lucide-react";
import type { ReactNode } from "react";
import type { Channel } from "#lib/notifications/vocabulary";

const ICONS: Record<Channel, ReactNode> = {
  email: <Mail aria-hidden />,
  push: <BellRing aria-hidden />,
  slack: <MessageSquare aria-hidden />,
  webhook: <Webhook aria-hidden />,
  sms: <Smartphone aria-hidden />,
  phone: <Phone aria-hidden />,
  teams: <MessageSquare aria-hidden />,
  mattermost: <MessageSquare aria-hidden />,
  discord: <MessageSquare aria-hidden />,
  google_chat: <MessageSquare aria-hidden />,
  telegram: <MessageSquare aria-hidden />,
  ntfy: <BellRing aria-hidden />,
  pushover: <BellRing aria-hidden />,
};

export function ChannelIcon({ channel }: { channel: Channel }) {
  return <span className="shrink-0 text-text-3 [&_svg]:size-4">{ICONS[channel]}</span>;
}
