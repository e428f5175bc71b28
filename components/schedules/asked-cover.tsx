"use client";

import { useState } from "react";
import { CoverFacts, CoverSpan } from "#components/schedules/cover-spans";
import { OfferForm } from "#components/schedules/offer-form";
import { useCoverAction } from "#components/schedules/use-cover-action";
import { Button } from "#components/ui/button";
import { Dialog } from "#components/ui/dialog";
import { PersonChip } from "#components/ui/person-chip";
import { closeCover, offerCover } from "#lib/on-call/client";
import type { CoverRequest } from "#lib/on-call/client";

/** A request that the viewer could take: all of it, a part of it, or not. */
export function AskedCover({ request, viewerId }: { request: CoverRequest; viewerId: string }) {
  const { id, requester, schedule, inReturn, offers, asked } = request;
  const isSwap = inReturn !== null;
  const take = useCoverAction(async () => {
    await offerCover(id, null);
    return isSwap ? "Swapped." : `You cover ${requester.name}.`;
  });
  const close = useCoverAction(async () => {
    const { kind } = await closeCover(id);
    return kind === "offer_withdrawn" ? "Offer withdrawn." : "Said no.";
  });
  const mine = offers.find(({ user, outcome }) => user.id === viewerId && outcome === "waiting");
  const about = `${requester.name}’s request in ${schedule.name}`;
  return (
    <li className="flex flex-col gap-1 py-3 first:pt-0 last:pb-0">
      <span className="flex flex-wrap items-center gap-x-2 text-body">
        <PersonChip person={requester} />
        {isSwap ? "asks to swap with you" : asked === null ? "asks everybody" : "asks you"}
      </span>
      <CoverFacts request={request} />
      {mine === undefined ? (
        <div className="mt-1.5 flex flex-wrap gap-2">
          <Button
            variant="primary"
            size="small"
            aria-label={isSwap ? `Swap: ${about}` : `Take it: ${about}`}
            pending={take.isPending}
            pendingLabel="Taking…"
            onClick={() => take.mutate(undefined)}
          >
            {isSwap ? "Swap" : "Take it"}
          </Button>
          {isSwap ? null : <OfferPart request={request} about={about} />}
          <Button
            variant="ghost"
            size="small"
            aria-label={`I can’t: ${about}`}
            pending={close.isPending}
            pendingLabel="Answering…"
            onClick={() => close.mutate(undefined)}
          >
            I can’t
          </Button>
        </div>
      ) : (
        <div className="mt-1.5 flex flex-wrap items-center gap-2">
          <span className="text-table">
            You offered <CoverSpan span={mine} />; {requester.name} decides.
          </span>
          <Button
            size="small"
            pending={close.isPending}
            pendingLabel="Withdrawing…"
            onClick={() => close.mutate(undefined)}
          >
            Withdraw offer
          </Button>
        </div>
      )}
    </li>
  );
}

function OfferPart({ request, about }: { request: CoverRequest; about: string }) {
  const [open, setOpen] = useState(false);
  const [first] = request.open;
  if (first === undefined) return null;
  return (
    <Dialog
      open={open}
      onOpenChange={setOpen}
      title="Offer a part"
      description={`${request.requester.name} decides whether that helps.`}
      trigger={
        <Button size="small" aria-label={`Offer a part: ${about}`}>
          Offer a part…
        </Button>
      }
    >
      <OfferForm request={request} initial={first} onDone={() => setOpen(false)} />
    </Dialog>
  );
}
