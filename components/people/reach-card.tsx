import { ChannelIcon } from "#components/people/channel-icon";
import { ReadinessBadge } from "#components/people/readiness-badge";
import { Card } from "#components/ui/card";
import { TextLink } from "#components/ui/link";
import { CHANNEL_NAMES } from "#lib/notifications/capability";
import type { Person, PersonContacts } from "#lib/people/client";

interface ReachCardProps {
  readiness: Person["readiness"];
  contacts: PersonContacts;
  isSelf: boolean;
}

/** Whether a page would reach the person, by which ways, and what stands in the way. */
export function ReachCard({ readiness, contacts, isSelf }: ReachCardProps) {
  const usable = contacts.methods.filter(({ enabled }) => enabled);
  return (
    <Card
      title="How to reach them"
      actions={isSelf ? <TextLink href="/me/notifications">Edit</TextLink> : undefined}
    >
      <div className="flex flex-col gap-3">
        <div>
          <ReadinessBadge state={readiness.state} />
          {readiness.reasons.length === 0 ? null : (
            <ul className="mt-1 list-disc pl-5 text-table text-text-2">
              {readiness.reasons.map((reason) => (
                <li key={reason}>{reason}</li>
              ))}
            </ul>
          )}
        </div>
        <ul className="flex flex-col gap-2">
          {usable.map((method) => (
            <li key={method.id} className="flex items-start gap-2 text-body">
              <ChannelIcon channel={method.channel} />
              <span className="min-w-0">
                <span className="text-table text-text-3">
                  {wordsOf(CHANNEL_NAMES[method.channel], method.label)}
                </span>
                <span className="block [overflow-wrap:anywhere]">
                  <Address method={method} />
                </span>
              </span>
            </li>
          ))}
        </ul>
      </div>
    </Card>
  );
}

function Address({ method }: { method: PersonContacts["methods"][number] }) {
  const { channel, address, isMasked, countryCode } = method;
  if (isMasked) return address;
  if (channel === "email") return <TextLink href={`mailto:${address}`}>{address}</TextLink>;
  if (channel === "phone" || channel === "sms") {
    const number = `+${countryCode ?? ""}${address}`;
    return <TextLink href={`tel:${number}`}>{number}</TextLink>;
  }
  return URL.canParse(address) ? `${new URL(address).hostname}/…` : address;
}

/** The label of a contact method only where it says more than its channel. */
function wordsOf(channel: string, label: string): string {
  return channel.toLowerCase() === label.toLowerCase() ? label : `${channel}, ${label}`;
}
