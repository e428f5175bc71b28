import { z } from "zod";
import { uiRoute } from "#lib/http/ui-route";
import { confirmNumber } from "#lib/notifications/commands/confirm-number";
import { sendVerificationCode } from "#lib/notifications/commands/send-verification-code";
import { contactMethodParams } from "#lib/notifications/schemas";

/** Sends a code. */
export const POST = uiRoute({ params: contactMethodParams }, ({ ctx, params }) =>
  sendVerificationCode(ctx, params),
);

/** Confirms by the code that came. */
export const PUT = uiRoute(
  { params: contactMethodParams, body: z.object({ code: z.string().max(20) }) },
  ({ ctx, params, body }) => confirmNumber(ctx, { ...params, ...body }),
);
