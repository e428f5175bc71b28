import { z } from "zod";
import { uiRoute } from "#lib/http/ui-route";
import { previewOverride } from "#lib/on-call/queries/override-preview";
import { scheduleParams } from "#lib/on-call/schemas";

const requestSchema = z.object({
  fromLocal: z.string(),
  timeZone: z.string(),
  hours: z.number().optional(),
  untilLocal: z.string().optional(),
});

/** The instants that an override would be stored with, and whom it would replace. */
export const POST = uiRoute({ params: scheduleParams, body: requestSchema }, ({ ctx, params, body }) =>
  previewOverride(ctx, { ...body, scheduleId: params.scheduleId }),
);
