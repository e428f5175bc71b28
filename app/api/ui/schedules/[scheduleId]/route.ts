import { uiRoute } from "#lib/http/ui-route";
import { deleteSchedule } from "#lib/on-call/commands/delete-schedule";
import { publishSchedule } from "#lib/on-call/commands/publish-schedule";
import { schedulePublicationSchema, scheduleParams } from "#lib/on-call/schemas";

export const PUT = uiRoute(
  {
    params: scheduleParams,
    body: schedulePublicationSchema.omit({ scheduleId: true }),
    permission: "configure",
  },
  ({ ctx, params, body }) => publishSchedule(ctx, { ...body, scheduleId: params.scheduleId }),
);

export const DELETE = uiRoute({ params: scheduleParams, permission: "configure" }, ({ ctx, params }) =>
  deleteSchedule(ctx, params.scheduleId),
);
