import { z } from "zod";
import { idField } from "#lib/field-schemas";
import { uiRoute } from "#lib/http/ui-route";
import { updateAction } from "#lib/problems/commands/actions";
import { actionUpdateSchema } from "#lib/problems/schemas";

export const PATCH = uiRoute(
  { params: z.object({ actionId: idField }), body: actionUpdateSchema },
  ({ ctx, params, body }) => updateAction(ctx, params.actionId, body),
);
