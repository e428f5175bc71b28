import type { Context } from "#lib/context";
import { AppError } from "#lib/errors";
import { apiRoute } from "#lib/http/api-route";
import { expandUsers } from "#lib/http/api/expand";
import { fromOffset, listBody, readPaging } from "#lib/http/wire/list";
import { wireSchedule } from "#lib/http/wire/schedule";
import {
  periodQuery,
  readWindow,
  scheduleBody,
  schedulesQuery,
  toScheduleDocument,
} from "#lib/http/wire/schedule-schemas";
import type { WireContext } from "#lib/http/wire/wire-context";
import { createSchedule } from "#lib/on-call/commands/create-schedule";
import { deleteSchedule } from "#lib/on-call/commands/delete-schedule";
import { publishSchedule } from "#lib/on-call/commands/publish-schedule";
import { previewSchedule } from "#lib/on-call/queries/preview";
import { renderSchedules } from "#lib/on-call/queries/rendered";
import { getSchedule, listSchedules } from "#lib/on-call/queries/schedules";
import { loadPersonRefs } from "#lib/people/queries/person-refs";

const tag = "Schedules";
const LAYER_WORDS = ["schedule_layers", "overrides_subschedule", "final_schedule"];

export const listWireSchedules = apiRoute(
  { method: "get", path: "/schedules", summary: "List schedules", tag, query: schedulesQuery },
  async ({ ctx, wire, query, now }) => {
    const paging = readPaging(query);
    const window = readWindow(query, now);
    const withLayers = LAYER_WORDS.some((word) => wire.include.has(word));
    const found = await listSchedules(ctx, {
      query: query.query,
      limit: paging.limit,
      offset: paging.offset,
    });
    const scheduleIds = found.schedules.map(({ id }) => id);
    const rendered =
      withLayers && window
        ? await renderSchedules(ctx, { scheduleIds, window, overflow: query.overflow })
        : null;
    return listBody("schedules", fromOffset(found.schedules, found.total, paging), paging, (schedule) =>
      wireSchedule(wire, schedule, rendered?.get(schedule.id) ?? null, { withLayers }),
    );
  },
);

type Period = { window: { start: Date; end: Date } | null; overflow: boolean };

async function answer(ctx: Context, wire: WireContext, id: string, { window, overflow }: Period) {
  const [schedule, rendered] = await Promise.all([
    getSchedule(ctx, id),
    window ? renderSchedules(ctx, { scheduleIds: [id], window, overflow }) : null,
  ]);
  return { schedule: wireSchedule(wire, schedule, rendered?.get(id) ?? null, { withLayers: true }) };
}

export const getWireSchedule = apiRoute(
  {
    method: "get",
    path: "/schedules/{id}",
    summary: "Get a schedule, drawn over a period",
    tag,
    query: periodQuery,
  },
  async ({ ctx, wire, param, query, now }) => {
    const { id } = await getSchedule(ctx, param("id"));
    return answer(ctx, wire, id, { window: readWindow(query, now), overflow: query.overflow });
  },
);

export const createWireSchedule = apiRoute(
  {
    method: "post",
    path: "/schedules",
    summary: "Create a schedule",
    tag,
    query: periodQuery,
    root: "schedule",
    body: scheduleBody,
    status: 201,
  },
  async ({ ctx, wire, query, body, now }) => {
    const { id } = await createSchedule(ctx, toScheduleDocument(body, null, now));
    return answer(ctx, wire, id, { window: readWindow(query, now), overflow: query.overflow });
  },
);

export const updateWireSchedule = apiRoute(
  {
    method: "put",
    path: "/schedules/{id}",
    summary: "Change a schedule from now on; what was in force before stays what it was",
    tag,
    query: periodQuery,
    root: "schedule",
    body: scheduleBody,
  },
  async ({ ctx, wire, param, query, body, now }) => {
    const before = await getSchedule(ctx, param("id"));
    const document = toScheduleDocument(body, before, now);
    await publishSchedule(ctx, { ...document, scheduleId: before.id, expectedVersion: before.version });
    return answer(ctx, wire, before.id, { window: readWindow(query, now), overflow: query.overflow });
  },
);

export const deleteWireSchedule = apiRoute(
  { method: "delete", path: "/schedules/{id}", summary: "Delete a schedule", tag, status: 204 },
  async ({ ctx, param }) => {
    const { id } = await getSchedule(ctx, param("id"));
    await deleteSchedule(ctx, id);
  },
);

export const previewWireSchedule = apiRoute(
  {
    method: "post",
    path: "/schedules/preview",
    summary: "Draw a schedule without saving it",
    tag,
    query: periodQuery,
    root: "schedule",
    body: scheduleBody,
    readsOnly: true,
  },
  async ({ ctx, wire, query, body, now }) => {
    const document = toScheduleDocument(body, null, now);
    const window = readWindow(query, now) ?? readWindow({ since: now }, now);
    if (!window) throw new Error("There is no period to draw.");
    const preview = await previewSchedule(ctx, { scheduleId: null, document, window });
    if (preview.kind === "invalid") {
      throw new AppError("invalid", "Invalid Schedule", { wireCode: 3001, fields: preview.fields });
    }
    const turns = document.layers.flatMap((layer) => layer.turns.flat());
    const people = await loadPersonRefs(ctx.db, turns);
    const at = now.toISOString();
    const { layers } = preview.rendered;
    const drawn = {
      ...document,
      id: "PREVIEW",
      slug: "preview",
      description: document.description ?? null,
      version: 0,
      team: null,
      policies: [],
      people: [...people.values()],
      createdAt: at,
      updatedAt: at,
      layers: document.layers.map((layer, index) => ({
        id: layers[index]?.id ?? `draft-${index + 1}`,
        name: layer.name,
        startsAt: new Date(layer.startsAt ?? now).toISOString(),
        endsAt: layer.endsAt ? new Date(layer.endsAt).toISOString() : null,
        rotation: { ...layer.rotation, advance: layer.rotation.advance ?? ("clock" as const) },
        turns: layer.turns,
        restrictions: layer.restrictions ?? [],
        ownHours: layer.ownHours ?? [],
        calendarId: null,
        together: false,
      })),
      offDuty: [],
    };
    return { schedule: wireSchedule(wire, drawn, preview.rendered, { withLayers: true }) };
  },
);

export const listScheduleUsers = apiRoute(
  {
    method: "get",
    path: "/schedules/{id}/users",
    summary: "List who is on call in a schedule during a period",
    tag,
    query: periodQuery,
  },
  async ({ ctx, wire, param, query, now }) => {
    const { id } = await getSchedule(ctx, param("id"));
    const window = readWindow(query, now) ?? { start: now, end: new Date(now.getTime() + 1) };
    const rendered = (await renderSchedules(ctx, { scheduleIds: [id], window })).get(id);
    const ids = [...new Set((rendered?.final.shifts ?? []).map(({ user }) => user.id))];
    const users = await expandUsers(ctx, wire, ids);
    return { users: ids.flatMap((userId) => users.get(userId) ?? []) };
  },
);
