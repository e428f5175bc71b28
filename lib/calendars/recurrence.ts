import ICAL from "ical.js";
import { DAY, WEEK } from "#lib/time/calendar";

/** A rule that finds no further date, or finds too many. */
export class EndlessRule extends Error {}

/** The rules of one calendar together are more than anybody could want. */
export class TooMuchWork extends Error {}

/** What is left of the work that one calendar may make. */
export type Budget = { steps: number };

const STEPS_TO_NEXT = 10_000;
const MOST_DATES = 10_000;

/** The library's iterator, stopped where it would look for a date for ever. */
class BoundedIterator extends ICAL.RecurIterator {
  // Counted across instances: the constructor already looks for dates, before an instance has fields of its own.
  static steps = 0;
  static budget: Budget = { steps: 0 };

  step(): void {
    BoundedIterator.steps += 1;
    BoundedIterator.budget.steps -= 1;
    if (BoundedIterator.budget.steps < 0) throw new TooMuchWork("its rules have too many dates.");
    if (BoundedIterator.steps > STEPS_TO_NEXT) throw new EndlessRule("It comes to no further date.");
  }

  override increment_year(by: number): void {
    this.step();
    super.increment_year(by);
  }

  override increment_month(): void {
    this.step();
    super.increment_month();
  }

  override increment_monthday(by: number): void {
    this.step();
    super.increment_monthday(by);
  }

  override check_contracting_rules(): boolean {
    this.step();
    return super.check_contracting_rules();
  }
}

/**
 * When a recurrence rule (RFC 5545, 3.3.10) begins, in wall-clock milliseconds from `from` (before it only what a rule without COUNT can't
 * do without) up to `to`. The event's own beginning and the rule's UNTIL are on the same clock. Throws EndlessRule and
 * TooMuchWork.
 */
export function recurrences(
  rule: ICAL.Recur,
  start: number,
  { from, to, budget }: { from: number; to: number; budget: Budget },
): number[] {
  BoundedIterator.steps = 0;
  BoundedIterator.budget = budget;
  const iterator = new BoundedIterator({ rule, dtstart: timeOf(skipAhead(rule, start, from)) });
  const walls: number[] = [];
  for (let count = 0; count < MOST_DATES; count += 1) {
    BoundedIterator.steps = 0;
    const next = iterator.next();
    const wall = next ? wallOf(next) : Number.POSITIVE_INFINITY;
    if (wall > to) return walls;
    if (wall >= from) walls.push(wall);
  }
  throw new EndlessRule("It has too many dates.");
}

/** A later beginning on the grid of the rule: years of past days and weeks need no counting. */
function skipAhead(rule: ICAL.Recur, start: number, from: number): number {
  const period = { DAILY: DAY, WEEKLY: WEEK }[String(rule.freq)];
  if (period === undefined || rule.count || from <= start) return start;
  const length = period * Math.max(1, rule.interval);
  return start + Math.max(0, Math.floor((from - start) / length) - 1) * length;
}

/** The library's time as milliseconds of a clock without a zone. */
export function wallOf({ year, month, day, hour, minute, second }: ICAL.Time): number {
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

/** The inverse of `wallOf`. */
export function timeOf(wall: number): ICAL.Time {
  const at = new Date(wall);
  const parts = {
    year: at.getUTCFullYear(),
    month: at.getUTCMonth() + 1,
    day: at.getUTCDate(),
    hour: at.getUTCHours(),
    minute: at.getUTCMinutes(),
    second: at.getUTCSeconds(),
    isDate: false,
  };
  return new ICAL.Time(parts, ICAL.Timezone.localTimezone);
}
