export const ROTATION_UNITS = ["second", "hour", "day", "week", "month"] as const;
export type RotationUnit = (typeof ROTATION_UNITS)[number];

/**
 * `clock`: turns pass while nobody is on call by a restriction, as in PagerDuty.
 * `worked`: only covered days, weeks or months (for hours: covered turns) count.
 */
export const ROTATION_ADVANCES = ["clock", "worked"] as const;
export type RotationAdvance = (typeof ROTATION_ADVANCES)[number];

/**
 * How turns follow each other. Plain JSON: wall-clock values are strings in the layer's zone.
 *
 * Turn `k` begins at the wall-clock instant `virtualStart + k × length units` and belongs to
 * `turns[(k + firstGroup) mod turns.length]`. Days, weeks and months are calendar units, hours and
 * seconds are wall-clock arithmetic, so a hand-off keeps its local hour across a clock change.
 * Turns exist before `virtualStart` too; the layer's `startsAt` decides when they begin to count.
 */
export type LayerRotation = {
  /** Wall-clock "2026-03-02T09:00" (or with seconds). Months are clamped from it: Jan 31, Feb 28, Mar 31. */
  virtualStart: string;
  /** `second` is for lengths that are no whole hours. */
  unit: RotationUnit;
  /** Units in a turn, at least 1. */
  length: number;
  advance: RotationAdvance;
  /** Only the first so many wall-clock seconds of each turn are on call. Absent: the whole turn. `clock` only. */
  shiftSeconds?: number;
  /** Index of the group whose turn begins at `virtualStart`. Absent: 0. */
  firstGroup?: number;
  /** The zone of this layer's hand-offs and restrictions. Absent: the schedule's. */
  timeZone?: string;
};

/** A time of day, "09:00" or "09:00:30", for so many wall-clock seconds (at most a day). */
export type DailyRestriction = { type: "daily"; startTime: string; durationSeconds: number };

/** As daily, but from one weekday (1 Monday … 7 Sunday) and for at most a week. */
export type WeeklyRestriction = {
  type: "weekly";
  startDay: number;
  startTime: string;
  durationSeconds: number;
};

export type LayerRestriction = DailyRestriction | WeeklyRestriction;

export type LayerDefinition = {
  /** Names the same layer in every version of the schedule. */
  id: string;
  name: string;
  startsAt: Date;
  endsAt: Date | null;
  rotation: LayerRotation;
  /** Groups of user ids in turn order; everybody in a group is on call, an empty group is a turn nobody has. */
  turns: string[][];
  /** People are on call only inside the union of these. Empty: always. */
  restrictions: LayerRestriction[];
  /**
   * Each member is on call only inside the union of these on their own clocks, whoever else has the turn. Absent or empty: always.
   * Turns pass regardless, in either way of advancing.
   */
  ownHours?: LayerRestriction[];
  /** True: this layer's people are on call beside those of the layers below instead of hiding them. */
  together: boolean;
  /** Set: an imported calendar says who is on call. `turns` are then the groups it names, and the rotation says nothing. */
  calendarId?: string;
  /** With `calendarId`: when which of `turns` is on call, as far as the calendar is known. */
  segments?: readonly GivenSegment[];
};

/** [start, end) in epoch milliseconds and an index into `turns`; a list of them is sorted and without overlap. */
export type GivenSegment = { start: number; end: number; group: number };

export type ScheduleDefinition = {
  /** IANA zone name. */
  timeZone: string;
  /** From the lowest to the highest: later layers win. */
  layers: LayerDefinition[];
  /** Times declared to need nobody; they are no gaps. */
  offDuty?: LayerRestriction[];
};

/** What was in force in [effectiveFrom, effectiveTo); an open version has no end. */
export type ScheduleVersion = {
  definition: ScheduleDefinition;
  effectiveFrom: Date;
  effectiveTo: Date | null;
};

export type Override = {
  id: string;
  userId: string;
  /** Set: only this person's shifts are taken over. Absent: whoever is on call, or the empty slot. */
  replacesUserId?: string | null;
  startsAt: Date;
  endsAt: Date;
  createdAt: Date;
  /** Set: counts only when asked for this escalation policy, and then wins over the others. */
  policyId?: string | null;
};

/** Everything needed to say who is on call. */
export type ScheduleFacts = {
  timeZone: string;
  versions: readonly ScheduleVersion[];
  overrides: readonly Override[];
  /** Who may be on call. Absent: everybody. */
  activeUserIds?: ReadonlySet<string>;
  /** The time zones of members whose layers go by their own hours. Unknown ones live in the schedule's. */
  zones?: ReadonlyMap<string, string>;
  /** The escalation policy on whose behalf is asked. */
  policyId?: string | null;
};

export type ShiftSource =
  | { kind: "layer"; layerId: string; layerName: string }
  | { kind: "override"; overrideId: string };

/** One person on call in [start, end). Several people at once are several shifts. */
export type Shift = { start: Date; end: Date; userId: string; source: ShiftSource };

export type OnCallEntry = { userId: string; source: ShiftSource };

/** Half-open: [start, end). */
export type ScheduleWindow = { start: Date; end: Date };
