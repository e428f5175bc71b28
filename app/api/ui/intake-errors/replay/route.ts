import { z } from "zod";
import { replayIntakeErrors } from "#lib/events/commands/replay-intake-errors";
import { uiRoute } from "#lib/http/ui-route";

const body = z.object({ after: z.string().max(64).optional() });

export const POST = uiRoute({ body, permission: "configure" }, ({ ctx, body: { after } }) =>
  replayIntakeErrors(ctx, { after }),
);
