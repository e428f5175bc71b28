import { eq } from "drizzle-orm";
import { calendars } from "#db/schema/calendars";
import { schedules } from "#db/schema/schedules";
import { keepSpans } from "#lib/calendars/commands/keep-spans";
import { readSource, storedSource } from "#lib/calendars/commands/read-source";
import { hostOf } from "#lib/calendars/calendar-source";
import { calendarInputSchema } from "#lib/calendars/schemas";
import type { CalendarInput } from "#lib/calendars/schemas";
import { audit, inTransaction, requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { AppError } from "#lib/errors";
import { newId } from "#lib/ids";
import { insertVersion } from "#lib/on-call/commands/insert-version";
import { lockSchedule } from "#lib/on-call/commands/lock-schedule";
import { closeOpenVersion, readOpenVersion } from "#lib/on-call/commands/open-version";
import { getSchedule } from "#lib/on-call/queries/schedules";
import type { LayerDefinition } from "#lib/on-call/schedule";
import { publish } from "#lib/outbox";
import { parseInput } from "#lib/parse-input";

const MOST_LAYERS = 40;

/**
 * Lets a calendar say who is on call: puts a layer that follows it on top of the schedule, in force from now on. The calendar is read
 * first; one that can't be read is refused as `invalid`, with the reason at the field it came by. People whom it names and nobody knows
 * are warnings, and empty shifts.
 */
export async function importCalendar(
  ctx: Context,
  input: CalendarInput,
): Promise<{ calendarId: string; layerId: string; warnings: string[] }> {
  requirePermission(ctx.actor, "configure");
  const { scheduleId, name, url, content } = parseInput(calendarInputSchema, input);
  const { timeZone } = await getSchedule(ctx, scheduleId);
  const { text, read } = await readSource(ctx, { url, content, timeZone });
  return inTransaction(ctx, async (scope) => {
    const schedule = await lockSchedule(scope.tx, scheduleId);
    const calendarId = newId(scope.now.getTime());
    await scope.tx.insert(calendars).values({
      id: calendarId,
      name,
      ...storedSource({ url, text, warnings: read.warnings, now: scope.now }),
      createdBy: ctx.actor.type === "user" ? ctx.actor.id : null,
      createdAt: scope.now,
    });
    await keepSpans(scope, calendarId, read.spans);
    const open = await readOpenVersion(scope.tx, scheduleId, scope.now);
    const former = open?.definition ?? { timeZone: schedule.timeZone, layers: [] };
    if (former.layers.length >= MOST_LAYERS) {
      throw new AppError("invalid", `A schedule takes at most ${MOST_LAYERS} layers.`, { wireCode: 2001 });
    }
    const layer = layerOf(newId(scope.now.getTime()), { name, calendarId, startsAt: scope.now });
    const version = schedule.version + 1;
    await scope.tx
      .update(schedules)
      .set({ version, updatedAt: scope.now })
      .where(eq(schedules.id, scheduleId));
    const effectiveFrom = await closeOpenVersion(scope.tx, scheduleId, open, scope.now);
    await insertVersion(scope.tx, {
      scheduleId,
      version,
      definition: { ...former, layers: [...former.layers, layer] },
      effectiveFrom,
      publishedBy: ctx.actor.type === "user" ? ctx.actor.id : null,
    });
    await audit(scope, {
      action: "publish",
      objectType: "schedule",
      objectId: scheduleId,
      objectName: schedule.name,
      before: { version: schedule.version },
      after: {
        version,
        calendar: { id: calendarId, name, from: url === undefined ? "a file" : hostOf(url) },
      },
    });
    await publish(scope, { topic: "schedule.published", entityType: "schedule", entityId: scheduleId });
    return { calendarId, layerId: layer.id, warnings: read.warnings };
  });
}

function layerOf(
  id: string,
  { name, calendarId, startsAt }: { name: string; calendarId: string; startsAt: Date },
): LayerDefinition {
  return {
    id,
    name,
    startsAt,
    endsAt: null,
    // A layer has a rotation; of this one the calendar says everything.
    rotation: {
      virtualStart: startsAt.toISOString().slice(0, 16),
      unit: "week",
      length: 1,
      advance: "clock",
    },
    turns: [],
    restrictions: [],
    together: false,
    calendarId,
    segments: [],
  };
}
