import { removeFeed } from "#lib/calendars/commands/remove-feed";
import { rotateFeed } from "#lib/calendars/commands/rotate-feed";
import { feedParams } from "#lib/calendars/schemas";
import { uiRoute } from "#lib/http/ui-route";

/** Another address for the same feed. */
export const PUT = uiRoute({ params: feedParams }, ({ ctx, params }) => rotateFeed(ctx, params.feedId));

export const DELETE = uiRoute({ params: feedParams }, ({ ctx, params }) => removeFeed(ctx, params.feedId));
