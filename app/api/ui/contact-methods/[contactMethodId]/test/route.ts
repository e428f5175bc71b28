import { uiRoute } from "#lib/http/ui-route";
import { sendTestPage } from "#lib/notifications/commands/send-test-page";
import { contactMethodParams } from "#lib/notifications/schemas";

export const POST = uiRoute({ params: contactMethodParams }, ({ ctx, params }) => sendTestPage(ctx, params));
