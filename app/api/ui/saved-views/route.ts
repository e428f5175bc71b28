import { uiRoute } from "#lib/http/ui-route";
import { saveView } from "#lib/reports/commands/save-view";
import { viewInputSchema } from "#lib/reports/schemas";

export const POST = uiRoute({ body: viewInputSchema, permission: "read" }, ({ ctx, body }) =>
  saveView(ctx, body),
);
