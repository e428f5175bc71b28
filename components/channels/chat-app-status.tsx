"use client";

import { useState } from "react";
import { useChange } from "#components/settings/use-change";
import { Time } from "#components/time/time";
import { Badge } from "#components/ui/badge";
import { Button } from "#components/ui/button";
import { ConfirmDialog } from "#components/ui/confirm-dialog";
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
      <Actions provider={provider} />
    </div>
  );
}

function State({ provider }: { provider: Provider }) {
  if (!provider.enabled) return <Badge hue="amber">switched off</Badge>;
  if (provider.isUnreadable) return <Badge hue="red">tokens unreadable: connect again</Badge>;
  return provider.isResting ? <Badge hue="red">failing</Badge> : <Badge hue="green">ready</Badge>;
}

function Actions({ provider }: { provider: Provider }) {
  const [removing, setRemoving] = useState(false);
  const toggle = useChange({
    change: () => updateProvider(provider.id, { enabled: !provider.enabled }),
    done: provider.enabled ? `${provider.name} switched off` : `${provider.name} switched on`,
    failed: "Not changed",
  });
  const remove = useChange({
    change: () => removeProvider(provider.id),
    done: `${provider.name} removed`,
    failed: "Not removed",
    onDone: () => setRemoving(false),
  });
  return (
    <div className="flex flex-wrap gap-2">
      <Button size="small" pending={toggle.isPending} onClick={() => toggle.mutate()}>
        {provider.enabled ? "Switch off" : "Switch on"}
      </Button>
      <Button size="small" variant="danger" onClick={() => setRemoving(true)}>
        Remove…
      </Button>
      <ConfirmDialog
        open={removing}
        onOpenChange={setRemoving}
        title={`Remove ${provider.name}?`}
        confirmLabel="Remove it"
        danger
        pending={remove.isPending}
        onConfirm={() => remove.mutate()}
      >
        Its tokens are deleted. The buttons of messages it has sent do nothing any more, and pages that would
        go by it go on with each person’s next step.
      </ConfirmDialog>
    </div>
  );
}
