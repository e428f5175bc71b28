import { z } from "zod";
import { sendTestEvent } from "#lib/events/commands/send-test-event";
import { uiRoute } from "#lib/http/ui-route";

const params = z.object({ integrationId: z.string() });

export const POST = uiRoute(
  { params, permission: "incident.respond" },
  ({ ctx, params: { integrationId } }) => sendTestEvent(ctx, { integrationId }),
);
