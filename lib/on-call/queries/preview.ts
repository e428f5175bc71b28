import { and, inArray } from "drizzle-orm";
import type { Database } from "#db/connect";
import { users } from "#db/schema/people";
import { readNow, requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { compareSchedules } from "#lib/on-call/compare";
import type { PersonShift, ScheduleComparison } from "#lib/on-call/compare";
import { definitionOf } from "#lib/on-call/definition-of";
import { upcomingGaps } from "#lib/on-call/coverage";
import { loadCircumstances } from "#lib/on-call/queries/circumstances";
import { toWarningDto } from "#lib/on-call/queries/warning-dtos";
import type { ScheduleWarningDto } from "#lib/on-call/queries/warning-dtos";
import { shiftsOf, toRenderedDto } from "#lib/on-call/queries/rendered";
import type { RenderedScheduleDto } from "#lib/on-call/queries/rendered";
import { loadScheduleFacts } from "#lib/on-call/queries/schedule-facts";
import { loadShiftNames, toGapDto } from "#lib/on-call/queries/shift-dtos";
import type { GapDto, ShiftDto } from "#lib/on-call/queries/shift-dtos";
import { renderSchedule } from "#lib/on-call/render";
import { publishDefinition } from "#lib/on-call/revise";
import type { ScheduleDefinition, ScheduleFacts } from "#lib/on-call/schedule";
import { previewSchema } from "#lib/on-call/schemas";
import type { PreviewInput } from "#lib/on-call/schemas";
import { scheduleWarnings } from "#lib/on-call/warnings";
import type { InvalidField } from "#lib/on-call/validate";
import { validateSchedule } from "#lib/on-call/validate";
import { parseInput } from "#lib/parse-input";
import { DAY } from "#lib/time/calendar";
import { isPageable } from "#lib/people/queries/pageable";
import { loadPersonRefs } from "#lib/people/queries/person-refs";
import type { PersonRef } from "#lib/people/queries/person-refs";

const JUDGED_DAYS = 90;

type StretchDto = { user: PersonRef; start: string; end: string };

export type SchedulePreview =
  /** The draft can't be worked with yet; nothing is drawn. */
  | { kind: "invalid"; fields: InvalidField[] }
  | {
      kind: "preview";
      rendered: RenderedScheduleDto;
      /** Of the next 90 days, whatever the window. */
      warnings: ScheduleWarningDto[];
      upcomingGaps: GapDto[];
      /** Those of them that what is in force doesn't have. */
      newUpcomingGaps: GapDto[];
      /** Everybody whom the draft or a warning names. */
      people: PersonRef[];
      /** What publishing would change for people within the window. */
      difference: {
        added: StretchDto[];
        removed: StretchDto[];
        changed: { user: PersonRef; before: StretchDto; after: StretchDto }[];
        people: (Omit<ScheduleComparison["people"][number], "userId"> & { user: PersonRef })[];
        newGaps: GapDto[];
      };
    };

/** What a draft would do if it were published now: who is on call when, what is missing, and what changes for whom. */
export async function previewSchedule(ctx: Context, input: PreviewInput): Promise<SchedulePreview> {
  requirePermission(ctx.actor, "read");
  const { scheduleId, document, window } = parseInput(previewSchema, input);
  const now = await readNow(ctx.db);
  const judged = { start: now, end: new Date(now.getTime() + JUDGED_DAYS * DAY) };
  const span = {
    start: window.start < now ? window.start : now,
    end: window.end > judged.end ? window.end : judged.end,
  };
  const existing =
    scheduleId === null ? undefined : (await loadScheduleFacts(ctx.db, [scheduleId], span)).get(scheduleId);
  const before: ScheduleFacts = existing ?? { timeZone: document.timeZone, versions: [], overrides: [] };
  const previous = before.versions.findLast(({ effectiveTo }) => effectiveTo === null)?.definition ?? null;
  let count = 0;
  const definition = definitionOf(document, previous, now, () => `draft-${(count += 1)}`);
  const fields = validateSchedule(definition);
  if (fields.length > 0) return { kind: "invalid", fields };
  const named = peopleOf(before, definition);
  const [activeUserIds, people, circumstances] = await Promise.all([
    loadActive(ctx.db, before, definition),
    loadPersonRefs(ctx.db, named),
    loadCircumstances(ctx.db, { userIds: named, scheduleId, window: judged }),
  ]);
  const zones = new Map([...people.values()].map(({ id, timeZone }) => [id, timeZone]));
  const after: ScheduleFacts = {
    timeZone: document.timeZone,
    versions: publishDefinition(before.versions, definition, now),
    overrides: before.overrides,
    activeUserIds,
    zones,
  };
  const rendered = renderSchedule(after, window);
  const comparison = compareSchedules({ ...before, activeUserIds }, after, window);
  const name = await loadShiftNames(ctx.db, [...shiftsOf(rendered), ...comparison.people]);
  return {
    kind: "preview",
    rendered: toRenderedDto(rendered, name),
    warnings: scheduleWarnings(after, judged, zones, circumstances).map(toWarningDto),
    upcomingGaps: upcomingGaps(after, now, JUDGED_DAYS).map(toGapDto),
    newUpcomingGaps: compareSchedules({ ...before, activeUserIds }, after, judged).newGaps.map(toGapDto),
    people: [...people.values()],
    difference: toDifference(comparison, name),
  };
}

function peopleOf(facts: ScheduleFacts, definition: ScheduleDefinition): string[] {
  const definitions = [definition, ...facts.versions.map((version) => version.definition)];
  const named = definitions.flatMap(({ layers }) => layers.flatMap((layer) => layer.turns.flat()));
  return [...named, ...facts.overrides.map(({ userId }) => userId)];
}

async function loadActive(
  db: Database,
  before: ScheduleFacts,
  definition: ScheduleDefinition,
): Promise<Set<string>> {
  const named = [...new Set(definition.layers.flatMap((layer) => layer.turns.flat()))];
  const rows =
    named.length === 0
      ? []
      : await db
          .select({ id: users.id })
          .from(users)
          .where(and(inArray(users.id, named), isPageable()));
  return new Set([...(before.activeUserIds ?? []), ...rows.map(({ id }) => id)]);
}

function toDifference(
  comparison: ScheduleComparison,
  name: (shift: PersonShift & Pick<ShiftDto, "source">) => ShiftDto,
) {
  const stretch = (shift: PersonShift): StretchDto => {
    const { user } = name({ ...shift, source: { kind: "override", overrideId: "" } });
    return { user, start: shift.start.toISOString(), end: shift.end.toISOString() };
  };
  return {
    added: comparison.added.map(stretch),
    removed: comparison.removed.map(stretch),
    changed: comparison.changed.map(({ before, after }) => ({
      user: stretch(before).user,
      before: stretch(before),
      after: stretch(after),
    })),
    people: comparison.people.map(({ userId, ...change }) => ({
      user: stretch({ userId, start: new Date(0), end: new Date(0) }).user,
      ...change,
    })),
    newGaps: comparison.newGaps.map(toGapDto),
  };
}
