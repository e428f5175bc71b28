import { z } from "zod";
import { idField } from "#lib/field-schemas";
import { uiRoute } from "#lib/http/ui-route";
import { updateReview } from "#lib/reviews/commands/update-review";
import { reviewUpdateSchema } from "#lib/reviews/schemas";

export const PATCH = uiRoute(
  { params: z.object({ reviewId: idField }), body: reviewUpdateSchema },
  ({ ctx, params, body }) => updateReview(ctx, params.reviewId, body),
);
