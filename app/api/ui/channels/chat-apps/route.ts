import { uiRoute } from "#lib/http/ui-route";
import { connectChatApp, connectChatAppSchema } from "#lib/notifications/commands/connect-chat-app";

export const POST = uiRoute(
  { body: connectChatAppSchema, permission: "organisation.manage" },
  ({ ctx, body }) => connectChatApp(ctx, body),
);
