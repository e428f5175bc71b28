import { z } from "zod";
import { AppError } from "#lib/errors";
import { apiRoute } from "#lib/http/api-route";
import { referenceSchema } from "#lib/http/wire/common-schemas";
import { wireShadow } from "#lib/http/wire/cover";
import { wireInstantSchema } from "#lib/http/wire/read-instant";
import type { Context } from "#lib/context";
import { addShadow } from "#lib/on-call/commands/add-shadow";
import { removeShadow } from "#lib/on-call/commands/remove-shadow";
import { getSchedule } from "#lib/on-call/queries/schedules";
import { listShadows } from "#lib/on-call/queries/shadows";

const tag = "Shadows";

const shadowBody = z.object({
  user: referenceSchema,
  follows: referenceSchema.nullish().describe("Whose shifts. Without it those of whoever is on call."),
  start: wireInstantSchema,
  end: wireInstantSchema,
  notify: z.boolean().default(false).describe("Whether they are told when a shift begins."),
});

/** Those that aren't over; which shifts they follow is not asked for. */
async function current(ctx: Context, scheduleId: string, now: Date) {
  const window = { start: now, end: new Date(now.getTime() + 1) };
  return (await listShadows(ctx, { scheduleId, window })).shadows;
}

export const listWireShadows = apiRoute(
  {
    method: "get",
    path: "/schedules/{id}/shadows",
    summary: "List those who follow the shifts of a schedule without being on call",
    tag,
  },
  async ({ ctx, wire, param, now }) => {
    const { id, timeZone } = await getSchedule(ctx, param("id"));
    return { shadows: (await current(ctx, id, now)).map((shadow) => wireShadow(wire, shadow, timeZone)) };
  },
);

export const createShadow = apiRoute(
  {
    method: "post",
    path: "/schedules/{id}/shadows",
    summary: "Have somebody follow the shifts of a schedule",
    tag,
    root: "shadow",
    body: shadowBody,
    status: 201,
  },
  async ({ ctx, wire, param, body, now }) => {
    const { id: scheduleId, timeZone } = await getSchedule(ctx, param("id"));
    const { id } = await addShadow(ctx, {
      scheduleId,
      userId: body.user.id,
      followsUserId: body.follows?.id ?? null,
      startsAt: body.start,
      endsAt: body.end,
      isTold: body.notify,
    });
    const shadow = (await current(ctx, scheduleId, now)).find((one) => one.id === id);
    if (!shadow) throw new AppError("not_found", "The shadow is gone already.");
    return { shadow: wireShadow(wire, shadow, timeZone) };
  },
);

export const deleteShadow = apiRoute(
  {
    method: "delete",
    path: "/schedules/{id}/shadows/{shadow_id}",
    summary: "Have somebody follow the shifts no longer",
    tag,
    status: 204,
  },
  async ({ ctx, param }) => {
    const { id } = await getSchedule(ctx, param("id"));
    await removeShadow(ctx, { scheduleId: id, shadowId: param("shadow_id") });
  },
);
