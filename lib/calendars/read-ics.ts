import ICAL from "ical.js";
import { zoneOfName } from "#lib/calendars/zone-names";
import { EndlessRule, recurrences, timeOf, TooMuchWork, wallOf } from "#lib/calendars/recurrence";
import type { Budget } from "#lib/calendars/recurrence";
import type { Interval } from "#lib/time/interval";
import { DAY } from "#lib/time/calendar";
import { instantAt, wallClockAt } from "#lib/time/wall-clock";

/** Somebody of an event: whatever of address and name the calendar gives. */
export type Invited = { email: string | null; name: string | null };

/** One event as it takes place, [start, end) in epoch milliseconds; each instance of a recurring one is an event of its own. */
export type CalendarEvent = Interval & {
  /** The event's UID; with the original beginning where the instance was moved or changed. */
  id: string;
  summary: string;
  /** Those who declined and rooms are left out. */
  attendees: Invited[];
  organizer: Invited | null;
};

export type ReadCalendar =
  | { kind: "calendar"; events: CalendarEvent[]; warnings: string[] }
  | { kind: "unreadable"; because: string };

const MAX_EVENTS = 20_000;
const MOST_ENDLESS = 20;
const MOST_STEPS = 50_000;
/** The library's time grows with the square of a line's parameters. */
const LONGEST_LINE = 100_000;

type Reading = { window: Interval; timeZone: string; warnings: Set<string>; endless: number; budget: Budget };

/**
 * The events of an iCalendar text (RFC 5545) that meet the window, by their beginning: rules written out, exceptions left out, changed
 * instances in place of the original, cancelled ones gone. Days without times run from midnight to midnight in `timeZone`, where times
 * without a zone count too. Never throws: what can't be read is a warning, or the answer.
 */
export function readIcs(text: string, window: Interval, timeZone: string): ReadCalendar {
  if (!/^BEGIN:VCALENDAR/im.test(text)) {
    const isPage = /^\s*</.test(text);
    return {
      kind: "unreadable",
      because: isPage ? "The answer is a web page, not a calendar." : "The answer is no calendar.",
    };
  }
  const reading = {
    window,
    timeZone,
    warnings: new Set<string>(),
    endless: 0,
    budget: { steps: MOST_STEPS },
  };
  try {
    const events = calendarsOf(withoutLongLines(text, reading)).flatMap((calendar) =>
      eventsOf(calendar, reading),
    );
    const sorted = events.toSorted((a, b) => a.start - b.start);
    if (sorted.length > MAX_EVENTS) {
      reading.warnings.add(`The calendar has too many events; the first ${MAX_EVENTS} count.`);
    }
    return { kind: "calendar", events: sorted.slice(0, MAX_EVENTS), warnings: [...reading.warnings] };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { kind: "unreadable", because: `The calendar is damaged: ${why}` };
  }
}

/** Without lines, unfolded, that are too long to be about a date or a person. */
function withoutLongLines(text: string, { warnings }: Reading): string {
  const lines = text.split(/\r?\n(?![ \t])/);
  const kept = lines.filter((line) => line.length <= LONGEST_LINE);
  if (kept.length === lines.length) return text;
  warnings.add(`Lines of more than ${LONGEST_LINE} characters are left out.`);
  return kept.join("\r\n");
}

/** The events of each calendar in the text. */
function calendarsOf(text: string): ICAL.Component[][] {
  // A byte order mark and what servers print before the calendar are no part of it.
  const parsed: unknown = ICAL.parse(text.slice(text.search(/BEGIN:VCALENDAR/i)));
  const many: unknown[] = Array.isArray(parsed) && Array.isArray(parsed[0]) ? parsed : [parsed];
  // Each on its own: below their calendar the library would go through all of it for the zone of each time.
  return many.map((one) =>
    partsOf(one)
      .filter(([name]) => name === "vevent")
      .map((event) => new ICAL.Component(event)),
  );
}

/** What is in a component (jCal, RFC 7265: name, properties, components). */
function partsOf(component: unknown): unknown[][] {
  const parts: unknown = Array.isArray(component) ? component[2] : [];
  return Array.isArray(parts) ? parts.filter((part) => Array.isArray(part)) : [];
}

function eventsOf(calendar: readonly ICAL.Component[], reading: Reading): CalendarEvent[] {
  const byUid = Map.groupBy(calendar, (event) => textOf(event, "uid"));
  return [...byUid].flatMap(([uid, versions]) => {
    try {
      return uid === ""
        ? versions.flatMap((it) => seriesOf(uid, [it], reading))
        : seriesOf(uid, versions, reading);
    } catch (error) {
      if (error instanceof EndlessRule) reading.endless += 1;
      if (reading.endless > MOST_ENDLESS || error instanceof TooMuchWork) throw error;
      const name = textOf(versions[0], "summary") || uid || "without a name";
      const why =
        error instanceof EndlessRule ? "its rule never comes to an end" : "it is not written as it should be";
      reading.warnings.add(`The event “${name}” can't be read: ${why}.`);
      return [];
    }
  });
}

/** All instances of one UID: those of its rules, without the excepted, with the changed ones in place of the original. */
function seriesOf(uid: string, versions: readonly ICAL.Component[], reading: Reading): CalendarEvent[] {
  const master = newest(versions.filter((event) => !event.hasProperty("recurrence-id")));
  if (master && isCancelled(master)) return [];
  const changed = new Map<number, ICAL.Component>();
  for (const event of versions.filter((it) => it.hasProperty("recurrence-id"))) {
    const original = momentOf(event.getFirstProperty("recurrence-id"), reading)?.at;
    const former = original === undefined ? undefined : changed.get(original);
    if (original !== undefined) changed.set(original, newest([...(former ? [former] : []), event]) ?? event);
  }
  const regular = master ? instancesOf(master, reading).filter(({ start }) => !changed.has(start)) : [];
  const exceptional = [...changed].flatMap(([original, event]) =>
    isCancelled(event)
      ? []
      : instancesOf(event, reading).map((it) => ({
          ...it,
          id: `${uid} ${new Date(original).toISOString()}`,
        })),
  );
  return [...regular, ...exceptional];
}

function newest(events: readonly ICAL.Component[]): ICAL.Component | undefined {
  const sequence = (event: ICAL.Component) => Number(event.getFirstPropertyValue("sequence") ?? 0);
  return events.toSorted((a, b) => sequence(a) - sequence(b)).at(-1);
}

function isCancelled(event: ICAL.Component): boolean {
  return textOf(event, "status").toUpperCase() === "CANCELLED";
}

/** What a date or time of the calendar means: `wall` on the clock of `zone`, `at` in epoch milliseconds. */
type Moment = { wall: number; zone: string; at: number; isDate: boolean };

function instancesOf(event: ICAL.Component, reading: Reading): CalendarEvent[] {
  const start = momentOf(event.getFirstProperty("dtstart"), reading);
  const what = aboutOf(event);
  if (!start) throw new Error("It has no beginning.");
  const length = lengthOf(event, start, reading);
  if (length <= 0) {
    reading.warnings.add(`The event “${what.summary}” has no length and is left out.`);
    return [];
  }
  const excepted = new Set(
    event.getAllProperties("exdate").flatMap((property) => momentsOf(property, reading).map(({ at }) => at)),
  );
  const walls = [...wallsOf(event, start, length, reading)].filter(
    (wall) => !excepted.has(instantAt(start.zone, wall)),
  );
  return walls
    .map((wall) => ({
      ...what,
      start: instantAt(start.zone, wall),
      end: instantAt(start.zone, wall + length),
    }))
    .filter((it) => it.start < it.end && it.start < reading.window.end && it.end > reading.window.start);
}

/** When instances begin on the clock of the event's zone, as far as the window needs them. */
function wallsOf(event: ICAL.Component, start: Moment, length: number, reading: Reading): Set<number> {
  const walls = new Set<number>();
  const rules = event.hasProperty("recurrence-id") ? [] : event.getAllProperties("rrule");
  if (rules.length === 0) walls.add(start.wall);
  const from = wallClockAt(start.zone, reading.window.start) - length - DAY;
  const to = wallClockAt(start.zone, reading.window.end);
  for (const property of rules) {
    const rule = property.getFirstValue();
    if (!(rule instanceof ICAL.Recur)) continue;
    for (const wall of recurrences(onClockOf(rule, start), start.wall, { from, to, budget: reading.budget }))
      walls.add(wall);
  }
  for (const property of event.getAllProperties("rdate")) {
    for (const { at } of momentsOf(property, reading)) walls.add(wallClockAt(start.zone, at));
  }
  return walls;
}

/** The rule with its end on the clock of the event: UNTIL is often in UTC, sometimes a day, and meant to be counted. */
function onClockOf(rule: ICAL.Recur, start: Moment): ICAL.Recur {
  const copy = rule.clone();
  if (!copy.until) return copy;
  const until = wallOf(copy.until);
  const isUtc = copy.until.zone === ICAL.Timezone.utcTimezone;
  const wall = isUtc && !start.isDate ? wallClockAt(start.zone, until) : until;
  copy.until = timeOf(copy.until.isDate ? wall + DAY - 1000 : wall);
  return copy;
}

/** Wall-clock milliseconds from beginning to end, so that a night stays a night when clocks change. */
function lengthOf(event: ICAL.Component, start: Moment, reading: Reading): number {
  const end = momentOf(event.getFirstProperty("dtend"), reading);
  if (end)
    return end.zone === start.zone ? end.wall - start.wall : wallClockAt(start.zone, end.at) - start.wall;
  const duration = event.getFirstPropertyValue("duration");
  if (duration instanceof ICAL.Duration) return duration.toSeconds() * 1000;
  return start.isDate ? DAY : 0;
}

function momentOf(property: ICAL.Property | null, reading: Reading): Moment | null {
  return property ? (momentsOf(property, reading)[0] ?? null) : null;
}

function momentsOf(property: ICAL.Property, reading: Reading): Moment[] {
  const named = property.getFirstParameter("tzid");
  const zone = named ? zoneOfName(named) : reading.timeZone;
  if (zone === null) {
    reading.warnings.add(`There is no time zone “${named}”; its times are read as UTC.`);
  }
  return property.getValues().flatMap((value: unknown) => {
    const time = value instanceof ICAL.Period ? value.start : value;
    if (!(time instanceof ICAL.Time)) return [];
    const own = time.zone === ICAL.Timezone.utcTimezone ? "UTC" : (zone ?? "UTC");
    const wall = wallOf(time);
    return [{ wall, zone: own, at: instantAt(own, wall), isDate: time.isDate }];
  });
}

function aboutOf(event: ICAL.Component): Omit<CalendarEvent, "start" | "end"> {
  const [organizer] = event.getAllProperties("organizer").map(invitedOf);
  return {
    id: textOf(event, "uid"),
    summary: textOf(event, "summary"),
    attendees: event.getAllProperties("attendee").filter(isComing).map(invitedOf),
    organizer: organizer ?? null,
  };
}

function isComing(attendee: ICAL.Property): boolean {
  const kind = attendee.getFirstParameter("cutype")?.toUpperCase() ?? "INDIVIDUAL";
  const answer = attendee.getFirstParameter("partstat")?.toUpperCase();
  return kind !== "ROOM" && kind !== "RESOURCE" && answer !== "DECLINED";
}

function invitedOf(property: ICAL.Property): Invited {
  const value = String(property.getFirstValue() ?? "");
  const email = /^mailto:(.+)$/i.exec(value)?.[1]?.trim() ?? property.getFirstParameter("email");
  return { email: email || null, name: property.getFirstParameter("cn")?.trim() || null };
}

function textOf(event: ICAL.Component | undefined, name: string): string {
  const value = event?.getFirstPropertyValue(name);
  return typeof value === "string" ? value.trim() : "";
}
