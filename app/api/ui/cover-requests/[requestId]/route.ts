import { uiRoute } from "#lib/http/ui-route";
import { closeCover } from "#lib/on-call/commands/close-cover";
import { coverParams } from "#lib/on-call/schemas";

export const DELETE = uiRoute({ params: coverParams, permission: "incident.respond" }, ({ ctx, params }) =>
  closeCover(ctx, params.requestId),
);
