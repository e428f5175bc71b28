import { uiRoute } from "#lib/http/ui-route";
import { deleteGroupingSet } from "#lib/noise/commands/save-grouping";
import { groupingParams } from "#lib/noise/schemas";

export const DELETE = uiRoute({ params: groupingParams, permission: "configure" }, ({ ctx, params }) =>
  deleteGroupingSet(ctx, params),
);
