import type { ScheduleWarning } from "#lib/on-call/warnings";

type Instant = Date | string;
type Loose<T> = T extends unknown ? { [K in keyof T]: T[K] extends Date ? Instant : T[K] } : never;

/** How names and times of a warning are written. */
export type WarningReader = {
  person: (userId: string) => string;
  layer: (layerId: string) => string;
  time: (at: Instant) => string;
};

/** A warning in one sentence: what is the matter, for whom and when. */
export function warningSentence(warning: Loose<ScheduleWarning>, read: WarningReader): string {
  switch (warning.kind) {
    case "no-people":
      return `Layer ${read.layer(warning.layerId)} has nobody in its rotation.`;
    case "single-person":
      return `Layer ${read.layer(warning.layerId)} has one person, ${read.person(warning.userId)}, who is never relieved.`;
    case "layer-ends":
      return `Layer ${read.layer(warning.layerId)} ends ${read.time(warning.at)}.`;
    case "hand-off-splits-window":
      return `Layer ${read.layer(warning.layerId)} hands off at ${warning.handOff}, in the middle of its hours. Hand off at ${warning.suggestions.join(" or ")} to keep each of them with one person.`;
    case "empty-shift":
      return `${namesOf(warning.userIds, read)} can't be on call from ${read.time(warning.start)} to ${read.time(warning.end)}: deactivated.`;
    case "in-two-places":
      return `${read.person(warning.userId)} is on call twice from ${read.time(warning.start)} to ${read.time(warning.end)}.`;
    case "night-hand-off":
      return `${read.person(warning.userId)} takes over at ${warning.localTime} at night (${warning.timeZone}), ${timesOf(warning.count)}, first on ${read.time(warning.at)}.`;
    case "long-stretch":
      return `${read.person(warning.userId)} is on call ${warning.days} days without a day off from ${read.time(warning.start)}.`;
    case "clock-change":
      return `${read.person(warning.userId)}’s shift from ${read.time(warning.start)} lasts ${warning.hours} h instead of ${warning.usualHours} h: the clocks ${warning.hours > warning.usualHours ? "go back" : "go forward"}.`;
    default:
      return warning satisfies never;
  }
}

function namesOf(userIds: readonly string[], read: WarningReader): string {
  return userIds.map((id) => read.person(id)).join(", ");
}

function timesOf(count: number): string {
  return count === 1 ? "once" : `${count} times`;
}
