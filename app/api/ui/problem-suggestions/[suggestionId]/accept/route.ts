import { z } from "zod";
import { idField } from "#lib/field-schemas";
import { uiRoute } from "#lib/http/ui-route";
import { acceptSuggestion } from "#lib/problems/commands/decide-suggestion";
import { acceptSchema } from "#lib/problems/schemas";

export const POST = uiRoute(
  { params: z.object({ suggestionId: idField }), body: acceptSchema },
  ({ ctx, params, body }) => acceptSuggestion(ctx, params.suggestionId, body),
);
