import { wireInstant } from "#lib/http/wire/instant";
import { wireReference } from "#lib/http/wire/reference";
import type { WireContext } from "#lib/http/wire/wire-context";
import type { CoverRequestDto, CoverSpanDto } from "#lib/on-call/queries/covers";
import type { ShadowDto } from "#lib/on-call/queries/shadows";

/** A request for cover as clients see it; `in_return` makes it a swap, `open` is what nobody has taken yet. */
export function wireCoverRequest(wire: WireContext, request: CoverRequestDto) {
  const { id, schedule, requester, asked, inReturn, message, state, open, offers, createdAt } = request;
  const zone = wire.timeZone ?? schedule.timeZone;
  const span = ({ startsAt, endsAt }: CoverSpanDto) => ({
    start: wireInstant(startsAt, zone),
    end: wireInstant(endsAt, zone),
  });
  return {
    id,
    type: "cover_request",
    schedule: wireReference(wire, "schedule", schedule),
    requester: wireReference(wire, "user", requester),
    asked_user: asked && wireReference(wire, "user", asked),
    ...span(request),
    in_return: inReturn && span(inReturn),
    message,
    state,
    open: open.map(span),
    offers: offers.map((offer) => ({
      id: offer.id,
      type: "cover_offer",
      user: wireReference(wire, "user", offer.user),
      outcome: offer.outcome,
      ...span(offer),
    })),
    created_at: wireInstant(createdAt, wire.timeZone),
  };
}

/** Somebody who follows shifts without being on call. */
export function wireShadow(wire: WireContext, shadow: ShadowDto, scheduleZone: string) {
  const zone = wire.timeZone ?? scheduleZone;
  return {
    id: shadow.id,
    type: "shadow",
    user: wireReference(wire, "user", shadow.user),
    follows: shadow.follows && wireReference(wire, "user", shadow.follows),
    start: wireInstant(shadow.startsAt, zone),
    end: wireInstant(shadow.endsAt, zone),
    notify: shadow.isTold,
  };
}
