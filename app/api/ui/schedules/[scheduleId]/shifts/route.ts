import { uiRoute } from "#lib/http/ui-route";
import { listComingShifts } from "#lib/on-call/queries/coming-shifts";
import { scheduleParams } from "#lib/on-call/schemas";

export const GET = uiRoute({ params: scheduleParams }, ({ ctx, params }) =>
  listComingShifts(ctx, params.scheduleId),
);
