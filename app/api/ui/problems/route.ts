import { uiRoute } from "#lib/http/ui-route";
import { createProblem } from "#lib/problems/commands/create-problem";
import { problemInputSchema } from "#lib/problems/schemas";

export const POST = uiRoute({ body: problemInputSchema }, ({ ctx, body }) => createProblem(ctx, body));
