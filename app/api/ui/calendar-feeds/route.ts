import { makeFeed } from "#lib/calendars/commands/make-feed";
import { feedInputSchema } from "#lib/calendars/schemas";
import { uiRoute } from "#lib/http/ui-route";

export const POST = uiRoute({ body: feedInputSchema }, ({ ctx, body }) => makeFeed(ctx, body));
