import { AddProvider } from "#components/channels/add-provider";
import { ProviderList } from "#components/channels/provider-list";
import { Card } from "#components/ui/card";
import { EmptyState } from "#components/ui/empty-state";
import type { Provider } from "#lib/notifications/client";

interface TelephonyCardProps {
  channel: "sms" | "phone";
  providers: readonly Provider[];
  replyUrls: Record<string, string>;
}

const WORDS = {
  sms: {
    title: "Texts (SMS)",
    subtitle: "One text of 160 characters with a link; people answer 4, 6 or 8",
    empty: "No texts go out yet.",
    why: "A text gets through where there is no data connection. Set up Twilio, Vonage, or any gateway with an HTTP interface.",
  },
  phone: {
    title: "Phone calls",
    subtitle: "Says service, urgency and title; people answer by key",
    empty: "No calls go out yet.",
    why: "A ringing phone wakes people whom nothing else wakes. Set up Twilio or Vonage.",
  },
} as const;

/** The providers of texts or calls, and how to set up another. */
export function TelephonyCard({ channel, providers, replyUrls }: TelephonyCardProps) {
  const words = WORDS[channel];
  const add = <AddProvider channel={channel} existing={providers.length} />;
  return (
    <Card
      flush
      title={words.title}
      subtitle={words.subtitle}
      actions={providers.length === 0 ? undefined : add}
    >
      {providers.length === 0 ? (
        <EmptyState kind="first-use" title={words.empty} actions={add}>
          {words.why}
        </EmptyState>
      ) : (
        <ProviderList providers={providers} replyUrls={replyUrls} />
      )}
    </Card>
  );
}
