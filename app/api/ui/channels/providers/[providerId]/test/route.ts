import { z } from "zod";
import { idField } from "#lib/field-schemas";
import { uiRoute } from "#lib/http/ui-route";
import { testProvider } from "#lib/notifications/commands/test-provider";

export const POST = uiRoute(
  {
    permission: "organisation.manage",
    params: z.object({ providerId: idField }),
    body: z.object({ to: z.string().max(50) }),
  },
  ({ ctx, params, body }) => testProvider(ctx, { ...params, ...body }),
);
