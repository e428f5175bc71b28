import { z } from "zod";
import { idField } from "#lib/field-schemas";
import { uiRoute } from "#lib/http/ui-route";
import { unlinkIncident } from "#lib/problems/commands/link-incidents";

export const DELETE = uiRoute(
  { params: z.object({ problemId: idField, incidentId: idField }) },
  ({ ctx, params }) => unlinkIncident(ctx, params.problemId, params.incidentId),
);
