import { uiRoute } from "#lib/http/ui-route";
import { requestCover } from "#lib/on-call/commands/request-cover";
import { coverRequestSchema } from "#lib/on-call/schemas";

export const POST = uiRoute({ body: coverRequestSchema, permission: "incident.respond" }, ({ ctx, body }) =>
  requestCover(ctx, body),
);
