import { readNow, requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { AppError } from "#lib/errors";
import { findGaps } from "#lib/on-call/coverage";
import { endAfterHours, endAtWallClock } from "#lib/on-call/override-edit";
import { loadScheduleFacts } from "#lib/on-call/queries/schedule-facts";
import { loadShiftNames, toGapDto } from "#lib/on-call/queries/shift-dtos";
import type { GapDto, ShiftDto } from "#lib/on-call/queries/shift-dtos";
import { resolveSchedule } from "#lib/on-call/resolve";
import { overridePreviewSchema } from "#lib/on-call/schemas";
import type { OverridePreviewInput } from "#lib/on-call/schemas";
import { parseInput } from "#lib/parse-input";
import { HOUR } from "#lib/time/calendar";

export type OverridePreview = {
  /** The instants that will be stored. */
  startsAt: string;
  endsAt: string;
  /** Elapsed hours between them, whatever the clocks do. */
  hours: number;
  /** Who is on call then as things stand, clipped to the override. */
  replaced: ShiftDto[];
  /** What it fills. */
  gaps: GapDto[];
};

/** What an override stated in wall-clock times would be in instants, and whom it would replace. */
export async function previewOverride(ctx: Context, input: OverridePreviewInput): Promise<OverridePreview> {
  requirePermission(ctx.actor, "read");
  const { scheduleId, fromLocal, timeZone, hours, untilLocal } = parseInput(overridePreviewSchema, input);
  const asked = endAtWallClock(fromLocal, timeZone);
  if (!asked) throw invalid("fromLocal", "is no date and time");
  const end = hours === undefined ? endAtWallClock(untilLocal ?? "", timeZone) : endAfterHours(asked, hours);
  if (!end) throw invalid("untilLocal", "is no date and time");
  if (end <= asked) throw invalid("untilLocal", "must be after the start");
  const now = await readNow(ctx.db);
  if (end <= now) throw invalid("untilLocal", "is over already");
  // As it will be stored: history does not change.
  const start = asked < now ? now : asked;
  const window = { start, end };
  const facts = (await loadScheduleFacts(ctx.db, [scheduleId], window)).get(scheduleId);
  if (!facts) throw new AppError("not_found", "There is no such schedule.", { wireCode: 3004 });
  const replaced = resolveSchedule(facts, window);
  const name = await loadShiftNames(ctx.db, replaced);
  return {
    startsAt: start.toISOString(),
    endsAt: end.toISOString(),
    hours: (end.getTime() - start.getTime()) / HOUR,
    replaced: replaced.map(name),
    gaps: findGaps(facts, window).map(toGapDto),
  };
}

function invalid(field: string, message: string): AppError {
  return new AppError("invalid", `The override's ${field === "fromLocal" ? "start" : "end"} ${message}.`, {
    fields: [{ field, message }],
  });
}
