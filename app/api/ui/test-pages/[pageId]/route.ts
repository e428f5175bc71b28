import { z } from "zod";
import { idField } from "#lib/field-schemas";
import { uiRoute } from "#lib/http/ui-route";
import { deliveryProgress } from "#lib/notifications/queries/deliveries";

export const GET = uiRoute({ params: z.object({ pageId: idField }), permission: "read" }, ({ ctx, params }) =>
  deliveryProgress(ctx, params),
);
