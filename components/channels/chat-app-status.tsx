"use client";

import { SwitchOrRemove } from "#components/settings/switch-or-remove";
import { Time } from "#components/time/time";
import { Badge } from "#components/ui/badge";
import { Fact, Facts } from "#components/ui/facts";
import { removeProvider, updateProvider } from "#lib/notifications/client";
import type { Provider } from "#lib/notifications/client";

interface ChatAppStatusProps {
  provider: Provider;
  /** Whose it is: the workspace, the bot's name. */
  account: string;
}

/** The app that is connected, how it does, and how to switch it off. */
export function ChatAppStatus({ provider, account }: ChatAppStatusProps) {
  return (
    <div className="flex flex-col gap-4">
      <Facts>
        <Fact term="Connected to">{account}</Fact>
        <Fact term="State">
          <State provider={provider} />
        </Fact>
        <Fact term="Last message">
          {provider.lastOkAt === null ? "None yet" : <Time at={provider.lastOkAt} />}
        </Fact>
        {provider.lastFailedAt === null ? null : (
          <Fact term="Last failure">
            <Time at={provider.lastFailedAt} />
            {provider.lastError === null ? "" : `: ${provider.lastError}`}
          </Fact>
        )}
      </Facts>
      <SwitchOrRemove
        name={provider.name}
        enabled={provider.enabled}
        onSwitch={(enabled) => updateProvider(provider.id, { enabled })}
        onRemove={() => removeProvider(provider.id)}
      >
        Its tokens are deleted. The buttons of messages it has sent stop working, and pages that would have
        used it move on to each person’s next step.
      </SwitchOrRemove>
    </div>
  );
}

function State({ provider }: { provider: Provider }) {
  if (!provider.enabled) return <Badge hue="amber">switched off</Badge>;
  if (provider.isUnreadable) return <Badge hue="red">tokens unreadable: connect again</Badge>;
  return provider.isResting ? <Badge hue="red">failing</Badge> : <Badge hue="green">ready</Badge>;
}
