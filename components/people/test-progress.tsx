"use client";

import { useQuery } from "@tanstack/react-query";
import { HopSteps, type Hop } from "#components/people/hop-steps";
import { Button } from "#components/ui/button";
import { Callout } from "#components/ui/callout";
import { TextLink } from "#components/ui/link";
import { testProgressOptions } from "#lib/notifications/client";
import { DELIVERY_WORDS, ENDED_STATES } from "#lib/notifications/delivery-words";
import type { DeliveryDto } from "#lib/notifications/schemas";

const POLL_MS = 1000;

/** How far a test has come, station by station, as each is reached; goes on after its end, since reports may come late. */
export function TestProgress({ pageId, onAgain }: { pageId: string; onAgain: () => void }) {
  const { data } = useQuery({
    ...testProgressOptions(pageId),
    refetchInterval: (query) => (isOver(query.state.data?.[0]) ? 4 * POLL_MS : POLL_MS),
  });
  const delivery = data?.[0];
  return (
    <div className="flex flex-col gap-4" aria-live="polite">
      <HopSteps hops={hopsOf(delivery)} />
      {delivery ? <Verdict delivery={delivery} /> : null}
      {isOver(delivery) ? (
        <Button size="small" className="self-start" onClick={onAgain}>
          Send another
        </Button>
      ) : null}
    </div>
  );
}

function isOver(delivery: DeliveryDto | undefined): boolean {
  return delivery !== undefined && ENDED_STATES.has(delivery.state);
}

function hopsOf(delivery: DeliveryDto | undefined): Hop[] {
  if (!delivery) return [{ state: "waiting", label: "Handed to the engine" }];
  const hops = delivery.steps.map(({ state, at, detail }): Hop => ({
    state: state === "failed" || state === "expired" ? "failed" : "done",
    label: DELIVERY_WORDS[state],
    at,
    detail,
  }));
  return isOver(delivery) ? hops : [...hops, { state: "waiting", label: "Waiting for the next station" }];
}

function Verdict({ delivery }: { delivery: DeliveryDto }) {
  switch (delivery.state) {
    case "accepted":
      return (
        <Callout tone="info" title="It is on its way; only you can tell whether it woke the phone.">
          {delivery.channel === "email" ? (
            <>
              Look at your inbox. Without a mail server it lies in the{" "}
              <TextLink href="/settings/outbox">outbox</TextLink>.
            </>
          ) : (
            "If nothing arrives within a minute, check that the address is right and notifications are let through."
          )}
        </Callout>
      );
    case "delivered":
    case "acted":
      return <Callout tone="success" title="Your device showed it." />;
    case "failed":
    case "expired":
      return (
        <Callout tone="danger" title={`It did not arrive: ${delivery.lastError ?? "the time ran out"}`}>
          A real page would go on with your next notification step.
        </Callout>
      );
    case "queued":
    case "sending":
    case "retrying":
    case "cancelled":
      return null;
  }
}
