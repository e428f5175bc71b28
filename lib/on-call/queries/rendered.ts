import { requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { AppError } from "#lib/errors";
import { loadScheduleFacts, withSurroundings } from "#lib/on-call/queries/schedule-facts";
import { loadShiftNames, toGapDto } from "#lib/on-call/queries/shift-dtos";
import type { GapDto, ShiftDto } from "#lib/on-call/queries/shift-dtos";
import { renderSchedule } from "#lib/on-call/render";
import type { RenderedSchedule } from "#lib/on-call/render";
import { windowSchema } from "#lib/on-call/schemas";
import type { WindowInput } from "#lib/on-call/schemas";
import { parseInput } from "#lib/parse-input";

export type RenderedLaneDto = { shifts: ShiftDto[]; coveragePercent: number };

export type RenderedScheduleDto = {
  final: RenderedLaneDto;
  /** Each layer as if it were alone, from the lowest. */
  layers: (RenderedLaneDto & { id: string; name: string })[];
  overrides: ShiftDto[];
  gaps: GapDto[];
};

/** Who is on call when in these schedules, deleted ones included; with `overflow` shifts keep their ends beyond the window. */
export async function renderSchedules(
  ctx: Context,
  input: { scheduleIds: readonly string[]; window: WindowInput; overflow?: boolean },
): Promise<Map<string, RenderedScheduleDto>> {
  requirePermission(ctx.actor, "read");
  const window = parseInput(windowSchema, input.window);
  const facts = await loadScheduleFacts(
    ctx.db,
    input.scheduleIds,
    input.overflow ? withSurroundings(window) : window,
  );
  const rendered = new Map(
    [...facts].map(([id, of]) => [id, renderSchedule(of, window, { overflow: input.overflow === true })]),
  );
  const name = await loadShiftNames(ctx.db, [...rendered.values()].flatMap(shiftsOf));
  return new Map([...rendered].map(([id, schedule]) => [id, toRenderedDto(schedule, name)]));
}

/** Who is on call when in one schedule. Throws `not_found`. */
export async function getRenderedSchedule(
  ctx: Context,
  input: { scheduleId: string; window: WindowInput; overflow?: boolean },
): Promise<RenderedScheduleDto> {
  const { scheduleId, ...how } = input;
  const rendered = (await renderSchedules(ctx, { scheduleIds: [scheduleId], ...how })).get(scheduleId);
  if (!rendered) throw new AppError("not_found", "There is no such schedule.", { wireCode: 3004 });
  return rendered;
}

export function shiftsOf(schedule: RenderedSchedule): { userId: string }[] {
  return [...schedule.final.shifts, ...schedule.layers.flatMap((layer) => layer.shifts)];
}

export function toRenderedDto(
  { final, layers, overrides, gaps }: RenderedSchedule,
  name: Awaited<ReturnType<typeof loadShiftNames>>,
): RenderedScheduleDto {
  return {
    final: { shifts: final.shifts.map(name), coveragePercent: percent(final.coverage) },
    layers: layers.map((layer) => ({
      id: layer.id,
      name: layer.name,
      shifts: layer.shifts.map(name),
      coveragePercent: percent(layer.coverage),
    })),
    overrides: overrides.map(name),
    gaps: gaps.map(toGapDto),
  };
}

/** Two decimals, rounded down, so that nothing short of full coverage is shown as 100. */
export function percent(ratio: number): number {
  return Math.floor(ratio * 10_000) / 100;
}
