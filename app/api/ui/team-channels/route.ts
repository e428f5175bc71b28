import { uiRoute } from "#lib/http/ui-route";
import { addTeamChannel } from "#lib/notifications/commands/add-team-channel";
import { teamChannelSchema } from "#lib/notifications/schemas";

export const POST = uiRoute({ body: teamChannelSchema }, ({ ctx, body }) => addTeamChannel(ctx, body));
