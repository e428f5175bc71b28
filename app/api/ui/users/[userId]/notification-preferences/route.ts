import { uiRoute } from "#lib/http/ui-route";
import { setNotificationPreferences } from "#lib/notifications/commands/set-notification-preferences";
import { notificationPreferencesBody } from "#lib/notifications/schemas";
import { userParams } from "#lib/people/schemas";

export const PATCH = uiRoute(
  { params: userParams, body: notificationPreferencesBody },
  ({ ctx, params, body }) => setNotificationPreferences(ctx, { ...params, ...body }),
);
