import { z } from "zod";
import { AppError } from "#lib/errors";
import { flag, one, referenceSchema, words } from "#lib/http/wire/common-schemas";
import { pagingQuery } from "#lib/http/wire/list";
import { wireInstantSchema } from "#lib/http/wire/read-instant";
import { readTimeZone } from "#lib/http/wire/time-zone";
import type { LayerDto, ScheduleDto } from "#lib/on-call/queries/schedules";
import { rotationStart, rotationWallClock } from "#lib/on-call/rotation-start";
import type { ScheduleDocument } from "#lib/on-call/schemas";
import { turnLengthFromSeconds, turnLengthSeconds } from "#lib/on-call/turn-length";
import { DAY, WEEK } from "#lib/time/calendar";

const restriction = z.object({
  type: z.enum(["daily_restriction", "weekly_restriction"]),
  start_time_of_day: z.string(),
  duration_seconds: z.number().int(),
  start_day_of_week: z.number().int().nullish(),
});

const layer = z.object({
  id: z.string().nullish(),
  name: z.string().nullish(),
  start: wireInstantSchema.nullish(),
  end: wireInstantSchema.nullish(),
  rotation_virtual_start: wireInstantSchema.nullish(),
  rotation_turn_length_seconds: z.number().int(),
  users: z.array(z.object({ user: referenceSchema })),
  restrictions: z.array(restriction).nullish(),
  /** Hours on the clocks of each member's own time zone. Left out: as it was. */
  member_restrictions: z.array(restriction).nullish(),
});

export const scheduleBody = z.object({
  name: z.string().optional(),
  time_zone: z.string().optional(),
  description: z.string().nullish(),
  teams: z.array(referenceSchema).nullish(),
  schedule_layers: z.array(layer).optional(),
});

const period = { since: wireInstantSchema.optional(), until: wireInstantSchema.optional(), time_zone: one };

export const periodQuery = z.object({ ...period, overflow: flag, include: words });

export const schedulesQuery = z.object({
  ...pagingQuery,
  ...period,
  query: one,
  overflow: flag,
  include: words,
});

const LONGEST_PERIOD = 93 * DAY;

/** The period to draw; null: none was asked for. Without an end it is two weeks. */
export function readWindow(query: { since?: Date | undefined; until?: Date | undefined }, now: Date) {
  if (!query.since && !query.until) return null;
  const start = query.since ?? now;
  const end = query.until ?? new Date(start.getTime() + 2 * WEEK);
  if (start >= end || end.getTime() - start.getTime() > LONGEST_PERIOD) {
    throw new AppError("invalid", "since must be before until, and at most three months", { wireCode: 2004 });
  }
  return { start, end };
}

type LayerInput = ScheduleDocument["layers"][number];

/**
 * The whole schedule that a body means, over what there was. Absent keys keep their value, and so do layers that aren't mentioned:
 * in this API a layer ends, but is never taken out.
 */
export function toScheduleDocument(
  body: z.infer<typeof scheduleBody>,
  before: ScheduleDto | null,
  now: Date,
): ScheduleDocument {
  const old = before ? settingsOf(before) : EMPTY;
  const named = body.time_zone ?? old.timeZone;
  const timeZone = readTimeZone(named) ?? named;
  const given = (body.schedule_layers ?? []).map((item, index) => {
    const former = before?.layers.find(({ id }) => id === item.id) ?? null;
    return toLayer(item, index, { timeZone, formerZone: old.timeZone, former, now });
  });
  const mentioned = new Set(given.map(({ id }) => id));
  const kept = (before?.layers ?? []).filter(({ id }) => !mentioned.has(id)).map(keepLayer);
  return {
    ...old,
    ...(body.name !== undefined && { name: body.name }),
    ...(body.description !== undefined && { description: body.description }),
    ...(body.teams !== undefined && { teamId: firstId(body.teams) }),
    timeZone,
    layers: [...kept, ...given],
  };
}

function firstId(items: readonly { id: string }[] | null): string | null {
  return items?.[0]?.id ?? null;
}

type Settings = Omit<ScheduleDocument, "layers">;

const EMPTY: Settings = { name: "", description: null, timeZone: "", teamId: null };

function settingsOf({ name, description, timeZone, team }: ScheduleDto): Settings {
  return { name, description, timeZone, teamId: team?.id ?? null };
}

function keepLayer({ turns, restrictions, rotation, ...rest }: LayerDto): LayerInput {
  return { ...rest, turns, restrictions, rotation, restartsRotation: true };
}

type LayerAbout = { timeZone: string; formerZone: string; former: LayerDto | null; now: Date };

function toLayer(given: z.infer<typeof layer>, index: number, about: LayerAbout): LayerInput {
  const { former } = about;
  const start = given.start ?? about.now;
  const users = given.users.map(({ user }) => user.id);
  return {
    id: given.id ?? undefined,
    name: given.name || `Layer ${index + 1}`,
    startsAt: start,
    endsAt: given.end ?? null,
    rotation: toRotation(given, start, about),
    turns: former && isSameList(users, former.turns.flat()) ? former.turns : users.map((id) => [id]),
    restrictions: (given.restrictions ?? []).map(toRestriction),
    ...keptOf(given, former),
    // The rotation is what the request states, whoever has the turn now.
    restartsRotation: true,
  };
}

/** What PagerDuty's layers don't have stays as it was unless it is given. */
function keptOf(given: z.infer<typeof layer>, former: LayerDto | null) {
  return {
    ownHours: given.member_restrictions?.map(toRestriction) ?? former?.ownHours ?? [],
    together: former?.together ?? false,
  };
}

/**
 * This API has no turns of several people or of nobody, no months and no turns that wait while nobody works: a layer that comes
 * back with the users and the rotation that we showed keeps what it is.
 */
function toRotation(given: z.infer<typeof layer>, start: Date, about: LayerAbout): LayerInput["rotation"] {
  const { former, timeZone, formerZone } = about;
  const seconds = given.rotation_turn_length_seconds;
  const shown = former && timeZone === formerZone ? rotationStart(former.rotation, formerZone) : null;
  const isShown = shown !== null && shown.getTime() === given.rotation_virtual_start?.getTime();
  if (former && isShown && turnLengthSeconds(former.rotation) === seconds) return former.rotation;
  const zone = readTimeZone(timeZone) ?? "Etc/UTC";
  return {
    virtualStart: rotationWallClock(zone, given.rotation_virtual_start ?? start),
    ...turnLengthFromSeconds(seconds),
    advance: "clock",
  };
}

function isSameList(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((id, index) => id === b[index]);
}

function toRestriction(given: z.infer<typeof restriction>): NonNullable<LayerInput["restrictions"]>[number] {
  const startTime = given.start_time_of_day.slice(0, 8);
  const durationSeconds = given.duration_seconds;
  if (given.type === "daily_restriction") return { type: "daily", startTime, durationSeconds };
  return { type: "weekly", startDay: given.start_day_of_week ?? 1, startTime, durationSeconds };
}
