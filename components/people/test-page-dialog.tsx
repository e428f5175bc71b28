"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { Send } from "lucide-react";
import { useState } from "react";
import { HopSteps, type Hop } from "#components/people/hop-steps";
import { Button } from "#components/ui/button";
import { Callout } from "#components/ui/callout";
import { Dialog } from "#components/ui/dialog";
import { TextLink } from "#components/ui/link";
import { CHANNEL_NAMES } from "#lib/notifications/capability";
import { sendTestPage, testProgressOptions } from "#lib/notifications/client";
import { DELIVERY_WORDS, ENDED_STATES } from "#lib/notifications/delivery-words";
import type { ContactMethodDto, DeliveryDto } from "#lib/notifications/schemas";

const POLL_MS = 1000;

/** Sends a test by the very way a page goes and shows each station as it is reached. */
export function TestPageDialog({ method }: { method: ContactMethodDto }) {
  const [open, setOpen] = useState(false);
  const send = useMutation({ mutationFn: () => sendTestPage(method.id) });
  const onOpenChange = (next: boolean) => {
    setOpen(next);
    if (next) send.mutate();
    else send.reset();
  };
  return (
    <Dialog
      title={`Test: ${method.label}`}
      description={`${CHANNEL_NAMES[method.channel]} to ${method.address}`}
      size="small"
      open={open}
      onOpenChange={onOpenChange}
      trigger={
        <Button
          size="small"
          icon={<Send aria-hidden />}
          disabled={!method.enabled}
          aria-label={`Send test to ${method.label}`}
        >
          Send test
        </Button>
      }
    >
      {send.error ? (
        <Callout
          tone="danger"
          title={`Not sent: ${send.error.message}`}
          actions={
            <Button size="small" onClick={() => send.mutate()}>
              Try again
            </Button>
          }
        />
      ) : null}
      {send.data ? (
        <Progress pageId={send.data.pageId} onAgain={() => send.mutate()} />
      ) : send.error ? null : (
        <HopSteps hops={[{ state: "waiting", label: "Handed to the engine" }]} />
      )}
    </Dialog>
  );
}

function Progress({ pageId, onAgain }: { pageId: string; onAgain: () => void }) {
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
