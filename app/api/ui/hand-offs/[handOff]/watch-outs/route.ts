import { uiRoute } from "#lib/http/ui-route";
import { writeWatchOuts } from "#lib/on-call/commands/write-watch-outs";
import { handOffParams, watchOutsSchema } from "#lib/on-call/schemas";

export const PUT = uiRoute(
  { params: handOffParams, body: watchOutsSchema, permission: "incident.respond" },
  ({ ctx, params, body }) => writeWatchOuts(ctx, { ...params.handOff, ...body }),
);
