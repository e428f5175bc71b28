import { supportHoursIn } from "#lib/alerts/support-hours";
import { AT_RISK_SHARE } from "#lib/service-levels/vocabulary";
import type { SupportHours } from "#lib/services/service";
import { DAY } from "#lib/time/calendar";
import { subtract, union } from "#lib/time/interval";

/** Epoch milliseconds; `end` null: it still runs. */
export type Pause = { start: number; end: number | null };

type DeadlineInput = {
  startedAt: number;
  /** Milliseconds of counted time. */
  targetMs: number;
  /** Null: all time counts. Hours that can't be read count as all time. */
  hours: SupportHours | null;
  pauses: readonly Pause[];
};

const STRETCH = 28 * DAY;
// Eight hours of work a week fill a year's target in less.
const MOST_STRETCHES = 130;

/**
 * When the counted time reaches 80 % and all of its target. Counted is what lies in the hours and in no pause. Null: it stands still now,
 * before it gets there.
 */
export function deadlineOf(input: DeadlineInput): { atRiskAt: number | null; dueAt: number | null } {
  return {
    atRiskAt: reach(input, input.targetMs * AT_RISK_SHARE),
    dueAt: reach(input, input.targetMs),
  };
}

function reach({ startedAt, hours, pauses }: DeadlineInput, milliseconds: number): number | null {
  const holes = union(pauses.map(({ start, end }) => ({ start, end: end ?? Infinity })));
  const standsStill = holes.at(-1)?.end === Infinity ? (holes.at(-1)?.start ?? Infinity) : Infinity;
  let left = milliseconds;
  for (let index = 0; index < MOST_STRETCHES; index += 1) {
    const range = { start: startedAt + index * STRETCH, end: startedAt + (index + 1) * STRETCH };
    if (range.start >= standsStill) return null;
    const open = hours === null ? [range] : (supportHoursIn(hours, range) ?? [range]);
    for (const { start, end } of subtract(open, holes)) {
      if (end - start >= left) return Math.round(start + left);
      left -= end - start;
    }
  }
  return null;
}
