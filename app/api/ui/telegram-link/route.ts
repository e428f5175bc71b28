import { uiRoute } from "#lib/http/ui-route";
import { makeTelegramLink } from "#lib/notifications/commands/link-telegram";

export const POST = uiRoute({}, ({ ctx }) => makeTelegramLink(ctx));
