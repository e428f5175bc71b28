import { z } from "zod";
import { apiRoute } from "#lib/http/api-route";
import { wireInstant } from "#lib/http/wire/instant";
import type { WireContext } from "#lib/http/wire/wire-context";
import { AppError } from "#lib/errors";
import { addTimeOff } from "#lib/on-call/commands/add-time-off";
import { removeTimeOff } from "#lib/on-call/commands/remove-time-off";
import { listTimeOffOf } from "#lib/on-call/queries/own-time-off";
import type { TimeOffDto } from "#lib/on-call/queries/own-time-off";

const tag = "Time off";

const timeOffBody = z.object({
  first_day: z.iso.date("must be a date like 2026-12-24").describe("On the person's own calendar."),
  last_day: z.iso.date("must be a date like 2026-12-24").describe("Itself included."),
  note: z.string().nullish(),
});

function wireTimeOff(wire: WireContext, { id, startsAt, endsAt, note, fromCalendar }: TimeOffDto) {
  return {
    id,
    type: "time_off",
    start: wireInstant(startsAt, wire.timeZone),
    end: wireInstant(endsAt, wire.timeZone),
    note,
    from_calendar: fromCalendar,
  };
}

export const listWireTimeOff = apiRoute(
  {
    method: "get",
    path: "/users/{id}/time_off",
    summary: "List when a person is away; only for themselves and those who may configure",
    tag,
  },
  async ({ ctx, wire, param }) => ({
    time_off: (await listTimeOffOf(ctx, param("id"))).map((entry) => wireTimeOff(wire, entry)),
  }),
);

export const createTimeOff = apiRoute(
  {
    method: "post",
    path: "/users/{id}/time_off",
    summary: "Note days on which a person is away; it warns of shifts, and takes nobody off duty",
    tag,
    root: "time_off",
    body: timeOffBody,
    status: 201,
  },
  async ({ ctx, wire, param, body }) => {
    const userId = param("id");
    const { first_day: firstDay, last_day: lastDay } = body;
    const { id } = await addTimeOff(ctx, { userId, firstDay, lastDay, note: body.note ?? null });
    const entry = (await listTimeOffOf(ctx, userId)).find((one) => one.id === id);
    if (!entry) throw new AppError("not_found", "The time off is gone already.");
    return { time_off: wireTimeOff(wire, entry) };
  },
);

export const deleteTimeOff = apiRoute(
  {
    method: "delete",
    path: "/users/{id}/time_off/{time_off_id}",
    summary: "Take time off away that was entered by hand",
    tag,
    status: 204,
  },
  async ({ ctx, param }) => {
    const own = await listTimeOffOf(ctx, param("id"));
    const entry = own.find(({ id }) => id === param("time_off_id"));
    if (!entry) throw new AppError("not_found", "There is no such time off.");
    await removeTimeOff(ctx, entry.id);
  },
);
