import { uiRoute } from "#lib/http/ui-route";
import { createSchedule } from "#lib/on-call/commands/create-schedule";
import { scheduleDocumentSchema } from "#lib/on-call/schemas";

export const POST = uiRoute({ body: scheduleDocumentSchema, permission: "configure" }, ({ ctx, body }) =>
  createSchedule(ctx, body),
);
