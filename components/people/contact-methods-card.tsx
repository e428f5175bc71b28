"use client";

import { AddContactMethod } from "#components/people/add-contact-method";
import { AddPhoneNumber } from "#components/people/add-phone-number";
import { ConfirmNumber } from "#components/people/confirm-number";
import { ChannelIcon } from "#components/people/channel-icon";
import { PushOnThisDevice } from "#components/people/push-on-this-device";
import { TestPageDialog } from "#components/people/test-page-dialog";
import { SwitchOrRemove } from "#components/settings/switch-or-remove";
import { Time } from "#components/time/time";
import { Badge } from "#components/ui/badge";
import { Card } from "#components/ui/card";
import { EmptyState } from "#components/ui/empty-state";
import { CHANNEL_NAMES } from "#lib/notifications/capability";
import { removeContactMethod, updateContactMethod } from "#lib/notifications/client";
import type { ContactMethodDto } from "#lib/notifications/schemas";
import type { Channel } from "#lib/notifications/vocabulary";

interface ContactMethodsCardProps {
  userId: string;
  methods: readonly ContactMethodDto[];
  /** The channels over which pages can go out now. */
  available: readonly Channel[];
}

/** Every way to reach the viewer, each with a test. */
export function ContactMethodsCard({ userId, methods, available }: ContactMethodsCardProps) {
  return (
    <Card
      flush
      title="Contact methods"
      subtitle="Ways to reach you; the rules below say when each is used"
      actions={
        <>
          <AddPhoneNumber userId={userId} available={available} />
          <AddContactMethod userId={userId} available={available} />
        </>
      }
    >
      <PushOnThisDevice methods={methods} />
      {methods.length === 0 ? (
        <EmptyState
          kind="filtered"
          title="There is no way to reach you but the e-mail address you sign in with."
        />
      ) : (
        <ul>
          {methods.map((method) => (
            <MethodRow key={method.id} method={method} />
          ))}
        </ul>
      )}
    </Card>
  );
}

function MethodRow({ method }: { method: ContactMethodDto }) {
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-2 border-t px-4 py-3 first:border-t-0">
      <ChannelIcon channel={method.channel} />
      <div className="min-w-48 flex-1">
        <p className="flex flex-wrap items-center gap-x-2 text-body">
          <span className="font-medium">{method.label}</span>
          <Badge form="outline">{CHANNEL_NAMES[method.channel]}</Badge>
          {method.enabled ? null : <Badge hue="amber">switched off</Badge>}
        </p>
        <p className="text-table [overflow-wrap:anywhere] text-text-2">{shortAddress(method)}</p>
        <Health method={method} />
      </div>
      <div className="flex items-center gap-1">
        {isUnconfirmed(method) ? <ConfirmNumber method={method} /> : <TestPageDialog method={method} />}
        <SwitchOrRemove
          inMenu
          name={method.label}
          enabled={method.enabled}
          onSwitch={(enabled) => updateContactMethod(method.id, { enabled })}
          onRemove={() => removeContactMethod(method.id)}
        >
          The notification steps that use it are removed too, and pages waiting for it move on to the next
          step.
        </SwitchOrRemove>
      </div>
    </li>
  );
}

function isUnconfirmed({ channel, verifiedAt }: ContactMethodDto): boolean {
  return (channel === "sms" || channel === "phone") && verifiedAt === null;
}

/** A push endpoint is a hundred letters that tell nobody anything. */
function shortAddress({ channel, address }: ContactMethodDto): string {
  return channel === "push" && URL.canParse(address) ? new URL(address).hostname : address;
}

function Health({ method }: { method: ContactMethodDto }) {
  const { lastDeliveredAt, lastFailedAt, lastError, verifiedAt } = method;
  if (lastFailedAt !== null && (lastDeliveredAt === null || lastFailedAt > lastDeliveredAt)) {
    return (
      <p className="text-meta [overflow-wrap:anywhere] text-status-red-fg">
        Failed <Time at={lastFailedAt} />
        {lastError === null ? "" : `: ${lastError}`}
      </p>
    );
  }
  if (!method.enabled && lastError !== null) {
    return <p className="text-meta [overflow-wrap:anywhere] text-text-2">{lastError}</p>;
  }
  if (lastDeliveredAt !== null) {
    return (
      <p className="text-meta text-text-3">
        Reached you <Time at={lastDeliveredAt} />
      </p>
    );
  }
  return (
    <p className="text-meta text-text-3">
      {verifiedAt === null ? "Nothing has reached you by it yet: send a test" : "Verified"}
    </p>
  );
}
