import { readNow, requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { AppError } from "#lib/errors";
import { loadScheduleFacts, withSurroundings } from "#lib/on-call/queries/schedule-facts";
import { loadShiftNames } from "#lib/on-call/queries/shift-dtos";
import type { ShiftDto } from "#lib/on-call/queries/shift-dtos";
import { wholeShifts } from "#lib/on-call/shift-span";
import { DAY } from "#lib/time/calendar";

const DAYS = 60;
const MOST = 200;

/** Everybody's shifts in one schedule that begin in the next 60 days and have an end: what can be swapped. Throws `not_found`. */
export async function listComingShifts(ctx: Context, scheduleId: string): Promise<ShiftDto[]> {
  requirePermission(ctx.actor, "read");
  const now = await readNow(ctx.db);
  const window = { start: now, end: new Date(now.getTime() + DAYS * DAY) };
  const facts = (await loadScheduleFacts(ctx.db, [scheduleId], withSurroundings(window))).get(scheduleId);
  if (!facts) throw new AppError("not_found", "There is no such schedule.", { wireCode: 3004 });
  const shifts = wholeShifts(facts, window).filter(({ start, end }) => start > now && end !== null);
  const name = await loadShiftNames(ctx.db, shifts);
  return shifts.slice(0, MOST).map(name);
}
