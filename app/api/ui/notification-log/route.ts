import { uiRoute } from "#lib/http/ui-route";
import { searchNotificationLog } from "#lib/notifications/queries/deliveries";
import { notificationLogFilterSchema } from "#lib/notifications/schemas";

export const GET = uiRoute({ query: notificationLogFilterSchema, permission: "read" }, ({ ctx, query }) =>
  searchNotificationLog(ctx, query),
);
