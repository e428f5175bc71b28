import { uiRoute } from "#lib/http/ui-route";
import { acceptShift } from "#lib/on-call/commands/accept-shift";
import { handOffParams } from "#lib/on-call/schemas";

export const POST = uiRoute({ params: handOffParams, permission: "incident.respond" }, ({ ctx, params }) =>
  acceptShift(ctx, params.handOff),
);
