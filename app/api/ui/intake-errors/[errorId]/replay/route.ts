import { z } from "zod";
import { replayIntakeError } from "#lib/events/commands/replay-intake-error";
import { uiRoute } from "#lib/http/ui-route";

const params = z.object({ errorId: z.string() });

export const POST = uiRoute({ params, permission: "configure" }, ({ ctx, params: { errorId } }) =>
  replayIntakeError(ctx, { errorId }),
);
