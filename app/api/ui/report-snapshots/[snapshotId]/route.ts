import { uiRoute } from "#lib/http/ui-route";
import { revokeSnapshot } from "#lib/reports/commands/share-snapshot";
import { snapshotParams } from "#lib/reports/schemas";

export const DELETE = uiRoute({ params: snapshotParams, permission: "configure" }, ({ ctx, params }) =>
  revokeSnapshot(ctx, params),
);
