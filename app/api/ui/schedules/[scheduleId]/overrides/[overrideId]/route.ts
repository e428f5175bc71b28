import { uiRoute } from "#lib/http/ui-route";
import { removeOverride } from "#lib/on-call/commands/remove-override";
import { overrideParams } from "#lib/on-call/schemas";

export const DELETE = uiRoute({ params: overrideParams, permission: "incident.respond" }, ({ ctx, params }) =>
  removeOverride(ctx, params),
);
