import { uiRoute } from "#lib/http/ui-route";
import { updateSettings } from "#lib/organisation/commands/update-settings";
import { settingsUpdateSchema } from "#lib/organisation/schemas";

export const PATCH = uiRoute(
  { body: settingsUpdateSchema, permission: "organisation.manage" },
  ({ ctx, body }) => updateSettings(ctx, body),
);
