import { strangerName } from "#lib/on-call/calendar-segments";
import type { PersonWarning } from "#lib/on-call/person-warnings";
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
  if (isOfPerson(warning)) return personSentence(warning, read);
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
      return emptyShift(warning, read);
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

function isOfPerson(warning: Loose<ScheduleWarning>): warning is Loose<PersonWarning> {
  return ["time-off", "elsewhere", "not-reachable"].includes(warning.kind);
}

function personSentence(warning: Loose<PersonWarning>, read: WarningReader): string {
  switch (warning.kind) {
    case "time-off":
      return `${read.person(warning.userId)} is on call while away, from ${read.time(warning.start)} to ${read.time(warning.end)}.`;
    case "elsewhere":
      return `${read.person(warning.userId)} is on call in ${warning.scheduleName} too, ${timesOf(warning.count)}, first from ${read.time(warning.start)} to ${read.time(warning.end)}.`;
    case "not-reachable":
      return `${read.person(warning.userId)} can’t be woken: ${warning.because}.`;
    default:
      return warning satisfies never;
  }
}

function emptyShift(
  shift: Extract<Loose<ScheduleWarning>, { kind: "empty-shift" }>,
  read: WarningReader,
): string {
  const span = `from ${read.time(shift.start)} to ${read.time(shift.end)}`;
  const strangers = shift.userIds.flatMap((userId) => strangerName(userId) ?? []);
  if (strangers.length === 0) return `${namesOf(shift.userIds, read)} can't be on call ${span}: deactivated.`;
  const names = strangers.map((name) => `“${name}”`).join(" and ");
  return `The calendar names ${names}, as whom nobody here is known, first ${span}.`;
}

function namesOf(userIds: readonly string[], read: WarningReader): string {
  return userIds.map((id) => read.person(id)).join(", ");
}

function timesOf(count: number): string {
  return count === 1 ? "once" : `${count} times`;
}
