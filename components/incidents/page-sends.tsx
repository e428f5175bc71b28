import { DeliveryBadge } from "#components/people/delivery-badge";
import { Time } from "#components/time/time";
import type { PageDto } from "#lib/incidents/schemas";
import { CHANNEL_NAMES } from "#lib/notifications/capability";
import { DELIVERY_WORDS } from "#lib/notifications/delivery-words";

/** Every send of a page: by which way, what became of it, and each state on the way there. */
export function PageSends({ deliveries }: { deliveries: PageDto["deliveries"] }) {
  return (
    <ul aria-label="Sends" className="flex flex-col gap-3 text-table">
      {deliveries.map(({ id, channel, address, state, states }) => (
        <li key={id}>
          <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
            <span className="font-medium first-letter:uppercase">{CHANNEL_NAMES[channel]}</span>
            <span className="[overflow-wrap:anywhere] text-text-2">{address}</span>
            <DeliveryBadge state={state} />
          </p>
          <ol className="mt-1 flex flex-col border-l-2 pl-3 text-text-2">
            {states.map((entry, index) => (
              // oxlint-disable-next-line react/no-array-index-key -- the states never change their order
              <li key={index}>
                <Time at={entry.at} format="clock" /> {DELIVERY_WORDS[entry.state]}
                {entry.detail ? `: ${entry.detail}` : ""}
              </li>
            ))}
          </ol>
        </li>
      ))}
    </ul>
  );
}
