import { uiRoute } from "#lib/http/ui-route";
import { removeShadow } from "#lib/on-call/commands/remove-shadow";
import { shadowParams } from "#lib/on-call/schemas";

export const DELETE = uiRoute({ params: shadowParams }, ({ ctx, params }) => removeShadow(ctx, params));
