"use client";

import { CoverFacts, CoverSpan } from "#components/schedules/cover-spans";
import { useCoverAction } from "#components/schedules/use-cover-action";
import { Badge } from "#components/ui/badge";
import type { Hue } from "#components/ui/badge";
import { Button } from "#components/ui/button";
import { PersonChip } from "#components/ui/person-chip";
import { closeCover, decideCoverOffer } from "#lib/on-call/client";
import type { CoverRequest } from "#lib/on-call/client";

const STATES: Record<CoverRequest["state"], { label: string; hue: Hue }> = {
  open: { label: "Waiting", hue: "amber" },
  taken: { label: "Taken", hue: "green" },
  declined: { label: "Declined: you stay on call", hue: "red" },
  "past-due": { label: "Nobody took it: you stay on call", hue: "red" },
  withdrawn: { label: "Withdrawn", hue: "slate" },
};

/** The viewer's own request: who was asked, what was offered, and what became of it. */
export function OwnCover({ request }: { request: CoverRequest }) {
  const { id, asked, inReturn, offers, state, schedule } = request;
  const withdraw = useCoverAction(async () => {
    await closeCover(id);
    return "Request withdrawn.";
  });
  const taken = offers.filter(({ outcome }) => outcome === "accepted");
  const waiting = state === "open" ? offers.filter(({ outcome }) => outcome === "waiting") : [];
  return (
    <li className="flex flex-col gap-1 py-3 first:pt-0 last:pb-0">
      <span className="flex flex-wrap items-center gap-x-2 text-body">
        <Badge hue={STATES[state].hue}>{STATES[state].label}</Badge>
        {inReturn === null ? "asked of" : "swap asked of"} {asked === null ? "everybody" : asked.name}
      </span>
      <CoverFacts request={request} />
      {taken.map((offer) => (
        <span key={offer.id} className="flex flex-wrap items-center gap-x-2 text-table">
          <PersonChip person={offer.user} /> covers <CoverSpan span={offer} />
        </span>
      ))}
      {waiting.map((offer) => (
        <WaitingOffer key={offer.id} requestId={id} offer={offer} />
      ))}
      {state === "open" ? (
        <Button
          size="small"
          className="mt-1 self-start"
          aria-label={`Withdraw the request in ${schedule.name}`}
          pending={withdraw.isPending}
          pendingLabel="Withdrawing…"
          onClick={() => withdraw.mutate(undefined)}
        >
          Withdraw
        </Button>
      ) : null}
    </li>
  );
}

interface WaitingOfferProps {
  requestId: string;
  offer: CoverRequest["offers"][number];
}

function WaitingOffer({ requestId, offer }: WaitingOfferProps) {
  const decide = useCoverAction(async (accept: boolean) => {
    await decideCoverOffer(requestId, offer.id, accept);
    return accept ? `${offer.user.name} covers this part.` : "Offer declined.";
  });
  return (
    <div className="mt-1 flex flex-wrap items-center gap-2 rounded-card bg-sunken px-3 py-2">
      <span className="flex flex-wrap items-center gap-x-2 text-table">
        <PersonChip person={offer.user} /> offers <CoverSpan span={offer} />
      </span>
      <span className="flex gap-2">
        <Button
          size="small"
          variant="primary"
          aria-label={`Accept ${offer.user.name}’s offer`}
          pending={decide.isPending}
          pendingLabel="Saving…"
          onClick={() => decide.mutate(true)}
        >
          Accept
        </Button>
        <Button
          size="small"
          aria-label={`Decline ${offer.user.name}’s offer`}
          onClick={() => decide.mutate(false)}
        >
          Decline
        </Button>
      </span>
    </div>
  );
}
