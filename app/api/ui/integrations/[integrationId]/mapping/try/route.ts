import { tryMapping } from "#lib/events/queries/try-mapping";
import { tryMappingSchema } from "#lib/events/schemas";
import { uiRoute } from "#lib/http/ui-route";

export const POST = uiRoute(
  { body: tryMappingSchema, permission: "read", maxBytes: 2_000_000 },
  ({ ctx, body }) => tryMapping(ctx, body),
);
