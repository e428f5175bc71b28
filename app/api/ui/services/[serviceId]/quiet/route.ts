import { uiRoute } from "#lib/http/ui-route";
import { saveQuietSettings } from "#lib/noise/commands/save-quiet";
import { quietSettingsSchema } from "#lib/noise/schemas";
import { serviceParams } from "#lib/services/schemas";

export const PUT = uiRoute(
  { params: serviceParams, body: quietSettingsSchema.omit({ serviceId: true }), permission: "configure" },
  ({ ctx, params, body }) => saveQuietSettings(ctx, { ...params, ...body }),
);
