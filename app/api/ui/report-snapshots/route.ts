import { uiRoute } from "#lib/http/ui-route";
import { shareSnapshot } from "#lib/reports/commands/share-snapshot";
import { snapshotInputSchema } from "#lib/reports/schemas";

export const POST = uiRoute({ body: snapshotInputSchema, permission: "configure" }, ({ ctx, body }) =>
  shareSnapshot(ctx, body),
);
