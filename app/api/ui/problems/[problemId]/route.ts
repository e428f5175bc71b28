import { z } from "zod";
import { idField } from "#lib/field-schemas";
import { uiRoute } from "#lib/http/ui-route";
import { updateProblem } from "#lib/problems/commands/update-problem";
import { problemUpdateSchema } from "#lib/problems/schemas";

export const PATCH = uiRoute(
  { params: z.object({ problemId: idField }), body: problemUpdateSchema },
  ({ ctx, params, body }) => updateProblem(ctx, params.problemId, body),
);
