import { HOUR } from "#lib/time/calendar";
import { formatDayTime, formatDuration } from "#lib/time/format";
import type { TimeReader } from "#lib/time/format";
import { formatWallClock, wallClockAt } from "#lib/time/wall-clock";

/** A shift or a gap as a schedule is drawn and listed; plain data, its times in words already. */
export type BoardItem = {
  id: string;
  kind: "shift" | "override" | "gap";
  /** Epoch milliseconds, [start, end). A shift without an end reaches to that of the window. */
  start: number;
  end: number;
  /** Null: nobody. */
  person: { id: string; name: string; timeZone: string } | null;
  /** "Layer Weekly", "Override", or why nobody is on call. */
  source: string;
  overrideId: string | null;
  /** "Tue 25 Nov 09:00 – Wed 26 Nov 09:00", in the zone shown. */
  span: string;
  /** Who follows it to learn, by name. */
  shadows: string[];
  /** "24 h", or "25 h: the clocks go back". */
  length: string;
  /** Start and end on the schedule's own clocks: "2026-11-25T09:00". */
  fromLocal: string;
  untilLocal: string;
};

export type BoardLane = {
  id: string;
  name: string;
  kind: "final" | "overrides" | "shadows" | "layer";
  items: BoardItem[];
};

type Source =
  | { kind: "layer"; layerId: string; layerName: string }
  | { kind: "override"; overrideId: string };
type AnyShift = {
  start: string;
  end: string | null;
  user: { id: string; name: string; timeZone: string };
  source: Source;
};
type AnyGap = { start: string; end: string; because: "nobody-scheduled" | "nobody-available" };
type AnyShadowShift = {
  start: string;
  end: string;
  user: { id: string; name: string; timeZone: string };
  follows: { id: string; name: string };
};
type AnySchedule = {
  final: { shifts: readonly AnyShift[] };
  layers: readonly { id: string; name: string; shifts: readonly AnyShift[] }[];
  overrides: readonly AnyShift[];
  gaps: readonly AnyGap[];
};

export type BoardReader = {
  /** The zone and way in which times are shown. */
  reader: TimeReader;
  /** The zone of the schedule's hand-offs. */
  scheduleZone: string;
  windowEnd: number;
};

const GAP_REASONS = {
  "nobody-scheduled": "Nobody is scheduled",
  "nobody-available": "Only deactivated people are scheduled",
} as const;

/** The lanes of a schedule: the result first, then who follows it, the overrides, and the layers from the highest to the lowest. */
export function boardLanes(
  schedule: AnySchedule,
  board: BoardReader,
  shadows: readonly AnyShadowShift[] = [],
): BoardLane[] {
  const shifts = (list: readonly AnyShift[]) => list.map((shift) => shiftItem(shift, board));
  return [
    { id: "final", name: "Final", kind: "final", items: finalItems(schedule, board, shadows) },
    ...(shadows.length === 0
      ? []
      : [
          {
            id: "shadows",
            name: "Shadows",
            kind: "shadows" as const,
            items: shadows.map((shadow) => shadowItem(shadow, board)),
          },
        ]),
    ...(schedule.overrides.length === 0
      ? []
      : [
          {
            id: "overrides",
            name: "Overrides",
            kind: "overrides" as const,
            items: shifts(schedule.overrides),
          },
        ]),
    ...schedule.layers
      .map((layer) => ({
        id: layer.id,
        name: layer.name,
        kind: "layer" as const,
        items: shifts(layer.shifts),
      }))
      .toReversed(),
  ];
}

function finalItems(
  { final, gaps }: AnySchedule,
  board: BoardReader,
  shadows: readonly AnyShadowShift[],
): BoardItem[] {
  return [
    ...final.shifts.map((shift) => ({ ...shiftItem(shift, board), shadows: followersOf(shift, shadows) })),
    ...gaps.map((gap) => gapItem(gap, board)),
  ].toSorted((a, b) => a.start - b.start || a.end - b.end);
}

function followersOf({ user, start, end }: AnyShift, shadows: readonly AnyShadowShift[]): string[] {
  const meeting = shadows.filter(
    (shadow) => shadow.follows.id === user.id && shadow.end > start && (end === null || shadow.start < end),
  );
  return [...new Set(meeting.map((shadow) => shadow.user.name))];
}

function shadowItem({ start, end, user, follows }: AnyShadowShift, board: BoardReader): BoardItem {
  return {
    id: `shadow ${user.id} ${follows.id} ${start}`,
    kind: "shift",
    person: { id: user.id, name: user.name, timeZone: user.timeZone },
    source: `Shadows ${follows.name}, not on call`,
    overrideId: null,
    shadows: [],
    ...timesOf(Date.parse(start), Date.parse(end), board),
  };
}

export function gapItem(gap: AnyGap, board: BoardReader): BoardItem {
  const [start, end] = [Date.parse(gap.start), Date.parse(gap.end)];
  return {
    id: `gap ${gap.start}`,
    kind: "gap",
    person: null,
    source: GAP_REASONS[gap.because],
    overrideId: null,
    shadows: [],
    ...timesOf(start, end, board),
  };
}

function shiftItem({ start, end, user, source }: AnyShift, board: BoardReader): BoardItem {
  const isOverride = source.kind === "override";
  const until = end === null ? board.windowEnd : Date.parse(end);
  return {
    id: `${user.id} ${start} ${isOverride ? source.overrideId : source.layerId}`,
    kind: isOverride ? "override" : "shift",
    person: { id: user.id, name: user.name, timeZone: user.timeZone },
    source: isOverride ? "Override" : `Layer ${source.layerName}`,
    overrideId: isOverride ? source.overrideId : null,
    shadows: [],
    ...timesOf(Date.parse(start), until, board),
  };
}

function timesOf(start: number, end: number, { reader, scheduleZone }: BoardReader) {
  return {
    start,
    end,
    span: `${formatDayTime(start, reader)} – ${formatDayTime(end, reader)}`,
    length: lengthOf(start, end, scheduleZone),
    fromLocal: formatWallClock(wallClockAt(scheduleZone, start)),
    untilLocal: formatWallClock(wallClockAt(scheduleZone, end)),
  };
}

/** How long it lasts, and by what the clocks make it longer or shorter than it looks. */
export function lengthOf(start: number, end: number, timeZone: string): string {
  const elapsed = end - start;
  const shown = wallClockAt(timeZone, end) - wallClockAt(timeZone, start);
  if (shown === elapsed) return formatDuration(elapsed);
  const direction = elapsed > shown ? "back" : "forward";
  return `${formatHours(elapsed)}: the clocks go ${direction}`;
}

function formatHours(milliseconds: number): string {
  return `${Math.round((milliseconds / HOUR) * 10) / 10} h`;
}
