import { uiRoute } from "#lib/http/ui-route";
import { addShadow } from "#lib/on-call/commands/add-shadow";
import { scheduleParams, shadowBody } from "#lib/on-call/schemas";

export const POST = uiRoute({ params: scheduleParams, body: shadowBody }, ({ ctx, params, body }) =>
  addShadow(ctx, { ...body, ...params }),
);
