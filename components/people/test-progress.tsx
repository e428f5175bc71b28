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

interface TestProgressProps {
  pageId: string;
  /** What follows from the result is said beside it. */
  hideAdvice?: boolean;
  onAgain: () => void;
}

/** How far a test has come, station by station, as each is reached; goes on after its end, since reports may come late. */
export function TestProgress({ pageId, hideAdvice = false, onAgain }: TestProgressProps) {
  const { data } = useQuery({
    ...testProgressOptions(pageId),
    refetchInterval: (query) => {
      const [delivery] = query.state.data ?? [];
      return isOver(delivery) && !isAwaitingReport(delivery) ? 4 * POLL_MS : POLL_MS;
    },
  });
  const delivery = data?.[0];
  return (
    <div className="flex flex-col gap-4" aria-live="polite">
      <HopSteps hops={hopsOf(delivery)} />
      {delivery && !hideAdvice ? <Verdict delivery={delivery} /> : null}
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

/** The carrier of a text or call tells later what became of it. */
function isAwaitingReport(delivery: DeliveryDto | undefined): boolean {
  if (delivery?.state !== "accepted") return false;
  return delivery.channel === "sms" || delivery.channel === "phone";
}

function hopsOf(delivery: DeliveryDto | undefined): Hop[] {
  if (!delivery) return [{ state: "waiting", label: "Handed to the engine" }];
  const hops = delivery.steps.map(({ state, at, detail }): Hop => ({
    state: state === "failed" || state === "expired" ? "failed" : "done",
    label: DELIVERY_WORDS[state],
    at,
    detail,
  }));
  if (isAwaitingReport(delivery))
    return [...hops, { state: "waiting", label: "Waiting for the carrier’s report" }];
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
      return <Callout tone="success" title="It reached your device." />;
    case "acted":
      return <Callout tone="success" title="You answered it." />;
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
