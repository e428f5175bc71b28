import { uiRoute } from "#lib/http/ui-route";
import { answerResponderRequest } from "#lib/incidents/commands/answer-responder-request";
import { answerRequestBody, incidentParams } from "#lib/incidents/schemas";

export const POST = uiRoute({ params: incidentParams, body: answerRequestBody }, ({ ctx, params, body }) =>
  answerResponderRequest(ctx, { ...params, ...body }),
);
