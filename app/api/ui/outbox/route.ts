import { z } from "zod";
import { uiRoute } from "#lib/http/ui-route";
import { listOutboxMessages } from "#lib/notifications/queries/outbox";

const query = z.object({ cursor: z.string().max(500).optional() });

export const GET = uiRoute({ query, permission: "read" }, ({ ctx, query: page }) =>
  listOutboxMessages(ctx, page),
);
