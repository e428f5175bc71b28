import { uiRoute } from "#lib/http/ui-route";
import { previewSchedule } from "#lib/on-call/queries/preview";
import { previewSchema } from "#lib/on-call/schemas";

/** What a draft would do if it were published now. */
export const POST = uiRoute({ body: previewSchema }, ({ ctx, body }) => previewSchedule(ctx, body));
