import { z } from "zod";
import { idField } from "#lib/field-schemas";
import { uiRoute } from "#lib/http/ui-route";
import { preferProvider } from "#lib/notifications/commands/prefer-provider";

export const POST = uiRoute(
  { permission: "organisation.manage", params: z.object({ providerId: idField }) },
  ({ ctx, params }) => preferProvider(ctx, params),
);
