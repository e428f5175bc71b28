import { z } from "zod";
import { AppError } from "#lib/errors";
import { apiRoute } from "#lib/http/api-route";
import { flag, one, referenceSchema } from "#lib/http/wire/common-schemas";
import { wireInstantSchema } from "#lib/http/wire/read-instant";
import { wireOverride } from "#lib/http/wire/schedule";
import { createOverrides } from "#lib/on-call/commands/create-overrides";
import { removeOverride } from "#lib/on-call/commands/remove-override";
import { listOverrides } from "#lib/on-call/queries/overrides";
import { getSchedule } from "#lib/on-call/queries/schedules";
import { loadPersonRefs } from "#lib/people/queries/person-refs";

const tag = "Schedules";

const overrideBody = z.object({ start: wireInstantSchema, end: wireInstantSchema, user: referenceSchema });

const overridesBody = z.union([
  z.object({
    overrides: z.array(overrideBody).min(1, "can't be empty").max(100, "takes at most 100 overrides"),
  }),
  z.object({ override: overrideBody }),
]);

const overridesQuery = z.object({
  since: wireInstantSchema.optional(),
  until: wireInstantSchema.optional(),
  editable: flag.describe("Only those that can still be changed."),
  overflow: flag.describe("Whole overrides instead of their part within the period."),
  time_zone: one,
});

export const listWireOverrides = apiRoute(
  {
    method: "get",
    path: "/schedules/{id}/overrides",
    summary: "List the overrides of a schedule within a period",
    tag,
    query: overridesQuery,
  },
  async ({ ctx, wire, param, query, now }) => {
    const { id: scheduleId, timeZone } = await getSchedule(ctx, param("id"));
    const { since, until } = query;
    if (!since || !until || since >= until) {
      throw new AppError("invalid", "since and until are needed, and since must come first", {
        wireCode: 2004,
      });
    }
    const found = await listOverrides(ctx, { scheduleId, window: { start: since, end: until } });
    const clip = (startsAt: string, endsAt: string) => ({
      startsAt: new Date(Math.max(Date.parse(startsAt), since.getTime())).toISOString(),
      endsAt: new Date(Math.min(Date.parse(endsAt), until.getTime())).toISOString(),
    });
    const shown = found.filter(({ endsAt }) => !query.editable || Date.parse(endsAt) > now.getTime());
    return {
      overrides: shown.map((override) => {
        const times = query.overflow ? {} : clip(override.startsAt, override.endsAt);
        return wireOverride(wire, { ...override, ...times }, timeZone);
      }),
    };
  },
);

export const createWireOverrides = apiRoute(
  {
    method: "post",
    path: "/schedules/{id}/overrides",
    summary: "Put people over what the layers say; each override is judged on its own",
    tag,
    root: null,
    body: overridesBody,
    status: 201,
  },
  async ({ ctx, wire, param, body }) => {
    const { id: scheduleId, timeZone } = await getSchedule(ctx, param("id"));
    const asked = "overrides" in body ? body.overrides : [body.override];
    const results = await createOverrides(ctx, {
      scheduleId,
      overrides: asked.map(({ start, end, user }) => ({ userId: user.id, startsAt: start, endsAt: end })),
    });
    const people = await loadPersonRefs(
      ctx.db,
      asked.map(({ user }) => user.id),
    );
    const answers = results.map((result, index) => {
      const wish = asked[index];
      if (!wish) throw new Error("There are more results than overrides.");
      const user = people.get(wish.user.id) ?? { id: wish.user.id, name: wish.user.id };
      if (result.kind === "refused") {
        const { start, end } = wish;
        const override = { id: "", startsAt: start.toISOString(), endsAt: end.toISOString(), user };
        const { id: _, ...echo } = wireOverride(wire, override, timeZone);
        return { status: 400, errors: [result.error.message], override: echo };
      }
      return { status: 201, override: wireOverride(wire, { ...result.override, user }, timeZone) };
    });
    if ("overrides" in body) return answers;
    const [only] = answers;
    if (only?.status === 201) return { override: only.override };
    throw new AppError("invalid", only?.errors?.[0] ?? "Override is invalid", { wireCode: 4004 });
  },
);

export const deleteWireOverride = apiRoute(
  {
    method: "delete",
    path: "/schedules/{id}/overrides/{override_id}",
    summary: "Remove an override; of a running one the past stays",
    tag,
    status: 204,
  },
  async ({ ctx, param }) => {
    const { id } = await getSchedule(ctx, param("id"));
    await removeOverride(ctx, { scheduleId: id, overrideId: param("override_id") });
  },
);
