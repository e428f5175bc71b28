import type { CalendarEvent, Invited } from "#lib/calendars/read-ics";
import type { CalendarSpan } from "#lib/on-call/calendar-segments";

/** Whom calendars may mean, by what they may call them, in small letters. */
export type Directory = ReadonlyMap<string, string>;

type Person = { id: string; name: string; email: string };

/** Of an event: those who are known come first. More than 20 people can't be on call by one turn of a layer either. */
const MOST_PEOPLE = 20;

/**
 * Everybody by e-mail address, by full name and by the name before the @. A name that several people have means none of them; an address
 * is never mistaken for somebody else's name.
 */
export function directoryOf(people: readonly Person[]): Directory {
  const byName = Map.groupBy(
    people.flatMap((person) =>
      [...new Set([keyOf(person.name), keyOf(person.email.split("@")[0] ?? "")])].map((key) => ({
        key,
        person,
      })),
    ),
    ({ key }) => key,
  );
  const unambiguous = [...byName].flatMap(([key, of]) => {
    const [first] = of;
    return key !== "" && first && of.length === 1 ? [[key, first.person.id] as const] : [];
  });
  return new Map([...unambiguous, ...people.map(({ id, email }) => [keyOf(email), id] as const)]);
}

function keyOf(text: string): string {
  return text.trim().replaceAll(/\s+/g, " ").toLowerCase();
}

/**
 * Who is on call by the events of a calendar, one span a person. The summary decides if it names anybody known ("[L2] Ann Lee,
 * ben@example.com"), else the attendees, else the organiser. Whoever is named among them and unknown stays, as nobody; an event that names
 * nobody known is nobody's, under its summary. Instances of a series, which share their attendees, are looked up once.
 */
export function spansOf(events: readonly CalendarEvent[], directory: Directory): CalendarSpan[] {
  const bySeries = new Map<readonly Invited[], EventPeople>();
  return events.flatMap((event) => {
    const { priority, people } = bySeries.get(event.attendees) ?? peopleOf(event, directory);
    bySeries.set(event.attendees, { priority, people });
    const { start, end } = event;
    return people.map(({ userId, label }) => ({ start, end, userId, label, priority }));
  });
}

type EventPeople = { priority: number; people: Named[] };

function peopleOf(event: CalendarEvent, directory: Directory): EventPeople {
  const { priority, names } = readSummary(event.summary);
  const found = firstKnown([
    names.map((name) => ({ label: name.slice(0, 200), userId: directory.get(keyOf(name)) ?? null })),
    event.attendees.map((invited) => look(invited, directory)),
    event.organizer ? [look(event.organizer, directory)] : [],
  ]) ?? [{ label: nobodyLabel(event), userId: null }];
  const once = [...new Map(found.map((person) => [person.userId ?? person.label, person])).values()];
  const isMany = once.length > MOST_PEOPLE;
  const people = isMany
    ? once.toSorted((a, b) => Number(a.userId === null) - Number(b.userId === null))
    : once;
  return { priority, people: people.slice(0, MOST_PEOPLE) };
}

type Named = { label: string; userId: string | null };

function firstKnown(candidates: readonly Named[][]): Named[] | undefined {
  return candidates.find((people) => people.some(({ userId }) => userId !== null));
}

function look({ email, name }: Invited, directory: Directory): Named {
  const byEmail = email === null ? undefined : directory.get(keyOf(email));
  // An address that is nobody's must not turn into a person of the same name.
  const byName = email === null && name !== null ? directory.get(keyOf(name)) : undefined;
  return { label: (email ?? name ?? "somebody").slice(0, 200), userId: byEmail ?? byName ?? null };
}

function nobodyLabel({ summary, attendees, organizer }: CalendarEvent): string {
  const invited = attendees[0] ?? organizer;
  return (summary || invited?.email || invited?.name || "an event without a name").slice(0, 200);
}

/** "[L2] Ann Lee, Ben Ng": the number in brackets is the priority, 0 without one. */
function readSummary(summary: string): { priority: number; names: string[] } {
  const level = /^\s*\[L(\d)\]/i.exec(summary);
  const rest = level ? summary.slice(level[0].length) : summary;
  const names = rest
    .split(/[,;]/)
    .map((name) => name.trim())
    .filter((name) => name !== "");
  return { priority: Number(level?.[1] ?? 0), names };
}
