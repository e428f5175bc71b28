import { z } from "zod";
import { idField } from "#lib/field-schemas";
import { uiRoute } from "#lib/http/ui-route";
import { linkIncident } from "#lib/problems/commands/link-incidents";
import { linkSchema } from "#lib/problems/schemas";

export const POST = uiRoute(
  { params: z.object({ problemId: idField }), body: linkSchema },
  ({ ctx, params, body }) => linkIncident(ctx, params.problemId, body),
);
