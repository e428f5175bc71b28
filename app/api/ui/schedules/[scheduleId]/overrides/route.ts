import { uiRoute } from "#lib/http/ui-route";
import { createOverride } from "#lib/on-call/commands/create-overrides";
import { overrideInputSchema, scheduleParams } from "#lib/on-call/schemas";

export const POST = uiRoute(
  { params: scheduleParams, body: overrideInputSchema, permission: "incident.respond" },
  ({ ctx, params, body }) => createOverride(ctx, { ...body, scheduleId: params.scheduleId }),
);
