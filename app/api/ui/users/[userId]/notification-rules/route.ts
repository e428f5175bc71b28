import { uiRoute } from "#lib/http/ui-route";
import { setNotificationRules } from "#lib/notifications/commands/set-notification-rules";
import { notificationRulesBody } from "#lib/notifications/schemas";
import { userParams } from "#lib/people/schemas";

export const PUT = uiRoute({ params: userParams, body: notificationRulesBody }, ({ ctx, params, body }) =>
  setNotificationRules(ctx, { ...params, ...body }),
);
