import type { GivenSegment } from "#lib/on-call/schedule";

/** One person of one event of an imported calendar, in epoch milliseconds. */
export type CalendarSpan = {
  start: number;
  end: number;
  /** Null: nobody here is known by that name. */
  userId: string | null;
  /** What the calendar calls the person. */
  label: string;
  /** The higher hides the lower, as the `[L2]` before a name says. */
  priority: number;
};

const STRANGER = "unknown:";

/** Stands in a turn for somebody whom nobody here is known as: never on call, so that the time is seen to be empty. */
export function strangerId(label: string): string {
  return `${STRANGER}${label}`;
}

/** The name that the calendar gave to somebody unknown; null: the id is a person's. */
export function strangerName(userId: string): string | null {
  return userId.startsWith(STRANGER) ? userId.slice(STRANGER.length) : null;
}

/**
 * Who is on call when by an imported calendar: of the events at one instant those of the highest priority that has an available person,
 * all of them at once. Where there is none, the unavailable stand in the turn, so that it shows as empty rather than not at all.
 */
export function calendarSegments(
  spans: readonly CalendarSpan[],
  isAvailable: (userId: string) => boolean,
): { turns: string[][]; segments: GivenSegment[] } {
  const turns: string[][] = [];
  const indexes = new Map<string, number>();
  const segments: GivenSegment[] = [];
  for (const { start, end, open } of elementary(spans)) {
    const turn = turnOf(open, isAvailable);
    const key = JSON.stringify(turn);
    const group = indexes.get(key) ?? turns.push(turn) - 1;
    indexes.set(key, group);
    const last = segments.at(-1);
    if (last && last.end === start && last.group === group) last.end = end;
    else segments.push({ start, end, group });
  }
  return { turns, segments };
}

function turnOf(open: readonly CalendarSpan[], isAvailable: (userId: string) => boolean): string[] {
  const able = open.filter(({ userId }) => userId !== null && isAvailable(userId));
  const priority = Math.max(...able.map((span) => span.priority));
  const counted = able.length === 0 ? open : open.filter((span) => span.priority === priority);
  return [...new Set(counted.map(({ userId, label }) => userId ?? strangerId(label)))].sort();
}

/** The stretches between the instants at which a span begins or ends, each with the spans open in it. */
function* elementary(
  spans: readonly CalendarSpan[],
): Generator<{ start: number; end: number; open: CalendarSpan[] }> {
  const sorted = spans.filter(({ start, end }) => start < end).sort((a, b) => a.start - b.start);
  const bounds = [...new Set(sorted.flatMap(({ start, end }) => [start, end]))].sort((a, b) => a - b);
  let open: CalendarSpan[] = [];
  let next = 0;
  for (const [index, start] of bounds.entries()) {
    const end = bounds[index + 1];
    if (end === undefined) return;
    open = open.filter((span) => span.end > start);
    for (let span = sorted[next]; span && span.start <= start; span = sorted[next]) {
      open.push(span);
      next += 1;
    }
    if (open.length > 0) yield { start, end, open };
  }
}

/**
 * The spans to keep after a calendar was read again: what was before `now` stays as it was, from then on the calendar counts. A span
 * that runs on unchanged stays one.
 */
export function refreshedSpans(
  stored: readonly CalendarSpan[],
  read: readonly CalendarSpan[],
  now: number,
): CalendarSpan[] {
  const coming = new Map<string, CalendarSpan>();
  const running = new Map<string, CalendarSpan>();
  for (const span of read) {
    if (span.end <= now) continue;
    if (span.start > now) coming.set(`${whose(span)} ${span.start} ${span.end}`, span);
    else running.set(whose(span), longer(running.get(whose(span)), { ...span, start: now }));
  }
  const past = stored
    .filter(({ start }) => start < now)
    .map((span) => {
      if (span.end < now) return span;
      const continued = running.get(whose(span));
      running.delete(whose(span));
      return { ...span, end: continued?.end ?? now };
    });
  return [...past, ...running.values(), ...coming.values()];
}

function whose({ userId, label, priority }: CalendarSpan): string {
  return JSON.stringify([userId, label, priority]);
}

function longer(a: CalendarSpan | undefined, b: CalendarSpan): CalendarSpan {
  return a && a.end >= b.end ? a : b;
}
