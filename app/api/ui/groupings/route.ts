import { uiRoute } from "#lib/http/ui-route";
import { saveGroupingSet } from "#lib/noise/commands/save-grouping";
import { groupingSetSchema } from "#lib/noise/schemas";

export const PUT = uiRoute({ body: groupingSetSchema, permission: "configure" }, ({ ctx, body }) =>
  saveGroupingSet(ctx, body),
);
