import { uiRoute } from "#lib/http/ui-route";
import { removeTeamChannel } from "#lib/notifications/commands/remove-team-channel";
import { teamChannelParams } from "#lib/notifications/schemas";

export const DELETE = uiRoute({ params: teamChannelParams }, ({ ctx, params }) =>
  removeTeamChannel(ctx, params),
);
