import { uiRoute } from "#lib/http/ui-route";
import { keepGameDay } from "#lib/reports/commands/keep-game-day";
import { gameDayInputSchema } from "#lib/reports/schemas";

export const POST = uiRoute({ body: gameDayInputSchema, permission: "configure" }, ({ ctx, body }) =>
  keepGameDay(ctx, { ...body, startsAt: body.startsAt.toISOString(), endsAt: body.endsAt.toISOString() }),
);
