import { uiRoute } from "#lib/http/ui-route";
import { addAction } from "#lib/problems/commands/actions";
import { actionInputSchema } from "#lib/problems/schemas";

export const POST = uiRoute({ body: actionInputSchema }, ({ ctx, body }) => addAction(ctx, body));
