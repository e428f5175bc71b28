import { uiRoute } from "#lib/http/ui-route";
import { previewNoise } from "#lib/noise/queries/preview";
import { previewSchema } from "#lib/noise/schemas";

export const POST = uiRoute({ body: previewSchema, permission: "read" }, ({ ctx, body }) =>
  previewNoise(ctx, body),
);
