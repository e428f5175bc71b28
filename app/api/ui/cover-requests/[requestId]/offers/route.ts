import { uiRoute } from "#lib/http/ui-route";
import { offerCover } from "#lib/on-call/commands/offer-cover";
import { coverOfferBody, coverParams } from "#lib/on-call/schemas";

export const POST = uiRoute(
  { params: coverParams, body: coverOfferBody, permission: "incident.respond" },
  ({ ctx, params, body }) => offerCover(ctx, { ...body, ...params }),
);
