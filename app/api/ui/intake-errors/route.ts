import { z } from "zod";
import { listIntakeErrors } from "#lib/events/queries/intake-errors";
import { uiRoute } from "#lib/http/ui-route";

const query = z.object({
  integrationId: z.string().optional(),
  open: z.stringbool().default(false),
  limit: z.coerce.number().int().min(1).max(100).default(50),
  cursor: z.string().optional(),
});

export const GET = uiRoute({ query, permission: "read" }, ({ ctx, query: filter }) =>
  listIntakeErrors(ctx, {
    open: filter.open,
    limit: filter.limit,
    cursor: filter.cursor ?? null,
    ...(filter.integrationId === undefined ? {} : { integrationId: filter.integrationId }),
  }),
);
