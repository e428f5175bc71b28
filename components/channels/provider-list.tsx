"use client";

import { ArrowUp } from "lucide-react";
import { EditProvider } from "#components/channels/edit-provider";
import { TestProvider } from "#components/channels/test-provider";
import { useChange } from "#components/settings/use-change";
import { SwitchOrRemove } from "#components/settings/switch-or-remove";
import { Time } from "#components/time/time";
import { Badge } from "#components/ui/badge";
import { IconButton } from "#components/ui/icon-button";
import { preferProvider, removeProvider, updateProvider } from "#lib/notifications/client";
import type { Provider } from "#lib/notifications/client";
import { KIND_NAMES } from "#lib/notifications/provider";

interface ProviderListProps {
  providers: readonly Provider[];
  /** The address that takes people's replies, by provider. */
  replyUrls: Record<string, string>;
}

/** The providers of a channel in the order in which they are asked. */
export function ProviderList({ providers, replyUrls }: ProviderListProps) {
  return (
    <ol>
      {providers.map((provider, index) => (
        <ProviderRow
          key={provider.id}
          provider={provider}
          place={index}
          replyUrl={replyUrls[provider.id] ?? ""}
        />
      ))}
    </ol>
  );
}

interface ProviderRowProps {
  provider: Provider;
  place: number;
  replyUrl: string;
}

function ProviderRow({ provider, place, replyUrl }: ProviderRowProps) {
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-2 border-t px-4 py-3 first:border-t-0">
      <div className="min-w-48 flex-1">
        <p className="flex flex-wrap items-center gap-x-2 text-body">
          <span className="font-medium">{provider.name}</span>
          <Badge form="outline">{KIND_NAMES[provider.kind]}</Badge>
          <StateBadge provider={provider} place={place} />
        </p>
        <Health provider={provider} />
      </div>
      <div className="flex flex-wrap items-center gap-1">
        <TestProvider provider={provider} />
        <EditProvider provider={provider} replyUrl={replyUrl} />
        <PreferProvider provider={provider} isFirst={place === 0} />
        <SwitchOrRemove
          inMenu
          name={provider.name}
          enabled={provider.enabled}
          onSwitch={(enabled) => updateProvider(provider.id, { enabled })}
          onRemove={() => removeProvider(provider.id)}
        >
          Its keys are deleted, and replies to what it sent no longer work. If it is the only one, nobody is
          paged through this channel until another is set up.
        </SwitchOrRemove>
      </div>
    </li>
  );
}

function StateBadge({ provider, place }: { provider: Provider; place: number }) {
  if (!provider.enabled) return <Badge hue="amber">switched off</Badge>;
  if (provider.isUnreadable) return <Badge hue="red">secrets unreadable</Badge>;
  if (provider.isResting) return <Badge hue="red">failing: asked last for a minute</Badge>;
  return <Badge hue="slate">{place === 0 ? "asked first" : "asked when the one above fails"}</Badge>;
}

function Health({ provider: { lastOkAt, lastFailedAt, lastError } }: { provider: Provider }) {
  if (lastFailedAt !== null && (lastOkAt === null || lastFailedAt > lastOkAt)) {
    return (
      <p className="text-meta [overflow-wrap:anywhere] text-status-red-fg">
        Failed <Time at={lastFailedAt} />
        {lastError === null ? "" : `: ${lastError}`}
      </p>
    );
  }
  if (lastOkAt === null)
    return <p className="text-meta text-text-3">Nothing was sent by it yet: send a test</p>;
  return (
    <p className="text-meta text-text-3">
      Took a message <Time at={lastOkAt} />
    </p>
  );
}

function PreferProvider({ provider, isFirst }: { provider: Provider; isFirst: boolean }) {
  const prefer = useChange({
    change: () => preferProvider(provider.id),
    done: `${provider.name} moved up`,
    failed: "Not moved",
  });
  if (isFirst) return null;
  return (
    <IconButton
      name={`Ask ${provider.name} earlier`}
      size="small"
      icon={<ArrowUp aria-hidden />}
      onClick={() => prefer.mutate()}
    />
  );
}
