import { uiRoute } from "#lib/http/ui-route";
import { saveServiceGrouping } from "#lib/noise/commands/save-grouping";
import { serviceGroupingBody } from "#lib/noise/schemas";
import { serviceParams } from "#lib/services/schemas";

export const PUT = uiRoute(
  { params: serviceParams, body: serviceGroupingBody, permission: "configure" },
  ({ ctx, params, body }) => saveServiceGrouping(ctx, { ...params, ...body }),
);
