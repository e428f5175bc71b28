import { z } from "zod";
import { uiRoute } from "#lib/http/ui-route";
import { decideCoverOffer } from "#lib/on-call/commands/decide-cover-offer";
import { coverOfferParams } from "#lib/on-call/schemas";

export const POST = uiRoute(
  { params: coverOfferParams, body: z.object({ accept: z.boolean() }), permission: "incident.respond" },
  ({ ctx, params, body }) => decideCoverOffer(ctx, { ...params, ...body }),
);
