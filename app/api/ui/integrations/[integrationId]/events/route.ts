import { z } from "zod";
import { listEvents } from "#lib/events/queries/events";
import { uiRoute } from "#lib/http/ui-route";

const params = z.object({ integrationId: z.string() });
const query = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(20),
  cursor: z.string().optional(),
});

export const GET = uiRoute({ params, query, permission: "read" }, ({ ctx, params: of, query: page }) =>
  listEvents(ctx, { integrationId: of.integrationId, limit: page.limit, cursor: page.cursor ?? null }),
);
