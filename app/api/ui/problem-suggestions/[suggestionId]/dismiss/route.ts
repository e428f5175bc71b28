import { z } from "zod";
import { idField } from "#lib/field-schemas";
import { uiRoute } from "#lib/http/ui-route";
import { dismissSuggestion } from "#lib/problems/commands/decide-suggestion";
import { dismissSchema } from "#lib/problems/schemas";

export const POST = uiRoute(
  { params: z.object({ suggestionId: idField }), body: dismissSchema },
  ({ ctx, params, body }) => dismissSuggestion(ctx, params.suggestionId, body),
);
