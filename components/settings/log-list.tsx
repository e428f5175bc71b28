"use client";

import { ChannelIcon } from "#components/people/channel-icon";
import { DeliveryBadge } from "#components/people/delivery-badge";
import { usePages } from "#components/settings/use-pages";
import { Time } from "#components/time/time";
import { Card } from "#components/ui/card";
import { ErrorState } from "#components/ui/error-state";
import { TextLink } from "#components/ui/link";
import { LoadMore } from "#components/ui/load-more";
import { PersonChip } from "#components/ui/person-chip";
import type { LogPage } from "#lib/notifications/client";
import { CHANNEL_NAMES } from "#lib/notifications/capability";
import { DELIVERY_WORDS, REASON_WORDS } from "#lib/notifications/delivery-words";
import type { DeliveryDto } from "#lib/notifications/schemas";
import { PAGE_REASONS } from "#lib/notifications/vocabulary";

interface LogListProps {
  /** The query string of the log, without cursor. */
  query: string;
  initial: LogPage;
}

/** Every send, newest first: whom, why, by which way, and each state it was in. */
export function LogList({ query, initial }: LogListProps) {
  const pages = usePages("/api/ui/notification-log", query, initial);
  const deliveries = pages.data.pages.flatMap((page) => page.deliveries);
  return (
    <>
      <Card flush>
        <ul aria-label="Notifications, newest first">
          {deliveries.map((delivery) => (
            <Entry key={delivery.id} delivery={delivery} />
          ))}
        </ul>
      </Card>
      {pages.error ? (
        <ErrorState title="Older ones could not be loaded." onRetry={() => void pages.fetchNextPage()} />
      ) : null}
      <LoadMore
        shown={deliveries.length}
        noun="notifications"
        hasMore={pages.hasNextPage}
        pending={pages.isFetchingNextPage}
        onLoadMore={() => void pages.fetchNextPage()}
      />
    </>
  );
}

function Entry({ delivery }: { delivery: DeliveryDto }) {
  const { incident, user, channel, state, steps, level, delayMinutes } = delivery;
  const reason = PAGE_REASONS.find((known) => known === delivery.reason);
  return (
    <li className="border-b px-4 py-3 last:border-b-0">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-body">
        <PersonChip person={user} href={`/people/${user.id}`} className="font-medium" />
        <span className="flex min-w-0 items-center gap-1.5 text-table text-text-2">
          <ChannelIcon channel={channel} />
          {CHANNEL_NAMES[channel]}
          <span className="truncate text-text-3">{delivery.address}</span>
        </span>
        <DeliveryBadge state={state} />
        <span className="ml-auto text-table text-text-3">
          <Time at={delivery.createdAt} />
        </span>
      </div>
      <p className="mt-1 text-table [overflow-wrap:anywhere] text-text-2">
        {incident === null ? null : (
          <>
            <TextLink href={`/incidents/${incident.number}`}>#{incident.number}</TextLink> {incident.title} ·{" "}
            <TextLink href={`/incidents/${incident.number}/notifications?person=${user.id}`}>why?</TextLink>{" "}
            ·{" "}
          </>
        )}
        {reason === undefined ? delivery.reason : REASON_WORDS[reason]}
        {level === null ? "" : `, level ${level}`} · {delivery.urgency} urgency
        {delayMinutes === 0 ? "" : ` · step at ${delayMinutes} min`}
        {delivery.attempts > 1 ? ` · ${delivery.attempts} attempts` : ""}
      </p>
      <ol aria-label="States" className="mt-1 flex flex-col border-l-2 pl-3 text-meta text-text-3">
        {steps.map((step, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- states are only ever added at the end
          <li key={index} className="[overflow-wrap:anywhere]">
            <Time at={step.at} format="clock" /> {DELIVERY_WORDS[step.state]}
            {step.detail === null ? "" : `: ${step.detail}`}
          </li>
        ))}
      </ol>
    </li>
  );
}
