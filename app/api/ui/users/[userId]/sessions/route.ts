import { uiRoute } from "#lib/http/ui-route";
import { endSessions } from "#lib/people/commands/end-sessions";
import { userParams } from "#lib/people/schemas";

export const DELETE = uiRoute({ params: userParams }, ({ ctx, params }) => endSessions(ctx, params.userId));
