import { uiRoute } from "#lib/http/ui-route";
import { startReview } from "#lib/reviews/commands/start-review";
import { reviewInputSchema } from "#lib/reviews/schemas";

export const POST = uiRoute({ body: reviewInputSchema }, ({ ctx, body }) => startReview(ctx, body));
