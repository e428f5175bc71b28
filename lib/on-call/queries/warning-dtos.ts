import type { ScheduleWarning } from "#lib/on-call/warnings";

/** A warning with its instants as ISO 8601. */
export type ScheduleWarningDto = Serialised<ScheduleWarning>;
type Serialised<T> = T extends unknown ? { [K in keyof T]: T[K] extends Date ? string : T[K] } : never;

export function toWarningDto(warning: ScheduleWarning): ScheduleWarningDto {
  const entries = Object.entries(warning).map(([key, value]: [string, unknown]) => [
    key,
    value instanceof Date ? value.toISOString() : value,
  ]);
  // Only Dates are replaced, each by a string: what `Serialised` says.
  return Object.fromEntries(entries) as ScheduleWarningDto;
}
