import { uiRoute } from "#lib/http/ui-route";
import { savePushSubscription } from "#lib/notifications/commands/save-push-subscription";
import { readPushKey } from "#lib/notifications/queries/settings";
import { savePushSubscriptionSchema } from "#lib/notifications/schemas";

export const GET = uiRoute({ permission: "read" }, ({ ctx }) => readPushKey(ctx));

export const POST = uiRoute({ body: savePushSubscriptionSchema }, ({ ctx, body }) =>
  savePushSubscription(ctx, body),
);
