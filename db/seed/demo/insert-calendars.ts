import { calendars } from "#db/schema/calendars";
import { shiftHandOffs } from "#db/schema/hand-offs";
import { notificationRules } from "#db/schema/people";
import { DEMO_RESPONDER } from "#db/seed/demo/staff";
import type { InsertedPerson } from "#db/seed/demo/insert-people";
import { comingSpans } from "#lib/calendars/coming-spans";
import { keepSpans } from "#lib/calendars/commands/keep-spans";
import { directoryOf } from "#lib/calendars/event-people";
import { SYSTEM } from "#lib/context";
import type { Transaction } from "#lib/context";
import { newId } from "#lib/ids";
import { secondOf } from "#lib/on-call/hand-off-address";
import { handOffs } from "#lib/on-call/hand-offs";
import { loadScheduleFacts } from "#lib/on-call/queries/schedule-facts";
import type { LayerDefinition } from "#lib/on-call/schedule";

const DAY = 86_400_000;
/** Of the schedule that follows the calendar. */
const ZONE = "Europe/Dublin";

/**
 * A layer of the incident commanders that follows a calendar from now on: weekends that managers take from each other, and one of somebody
 * whom nobody here is known as.
 */
export async function insertFollowedCalendar(
  tx: Transaction,
  now: Date,
  managers: readonly InsertedPerson[],
): Promise<LayerDefinition> {
  const saturday = Math.floor(now.getTime() / DAY) * DAY + ((13 - now.getUTCDay()) % 7) * DAY;
  const names = [...managers.slice(0, 3).map(({ name }) => name), "Noor Haddad (contractor)"];
  const content = weekends(names, saturday);
  const calendarId = newId(now.getTime());
  const read = comingSpans(content, { now, timeZone: ZONE, directory: directoryOf(managers) });
  if (read.kind === "unreadable") throw new Error(`The demo's calendar can't be read: ${read.because}`);
  await tx.insert(calendars).values({
    id: calendarId,
    name: "Weekend rota",
    content,
    readAt: now,
    checkedAt: now,
    dueAt: new Date(now.getTime() + DAY),
    createdAt: now,
    warnings: read.warnings,
  });
  await keepSpans({ tx, now, actor: SYSTEM }, calendarId, read.spans);
  return {
    id: newId(now.getTime()),
    name: "Weekend rota",
    startsAt: now,
    endsAt: null,
    rotation: { virtualStart: "2024-01-01T00:00", unit: "week", length: 1, advance: "clock" },
    turns: [],
    restrictions: [],
    together: false,
    calendarId,
    segments: [],
  };
}

function weekends(names: readonly string[], saturday: number): string {
  const day = (at: number) => new Date(at).toISOString().slice(0, 10).replaceAll("-", "");
  const events = names.flatMap((name, index) => [
    "BEGIN:VEVENT",
    `UID:weekend-${index}@demo.example.com`,
    `SUMMARY:${name}`,
    `DTSTART;VALUE=DATE:${day(saturday + index * 7 * DAY)}`,
    `DTEND;VALUE=DATE:${day(saturday + (index * 7 + 2) * DAY)}`,
    `RRULE:FREQ=WEEKLY;INTERVAL=${names.length}`,
    "END:VEVENT",
  ]);
  return ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Demo//Rota//EN", ...events, "END:VCALENDAR", ""].join(
    "\r\n",
  );
}

/** What the demo responder's team leaves to those who come at its next hand-off, and that the responder is told of shifts. */
export async function insertHandOff(
  tx: Transaction,
  now: Date,
  { scheduleId, people }: { scheduleId: string; people: readonly InsertedPerson[] },
): Promise<void> {
  const end = new Date(now.getTime() + DAY);
  const facts = (await loadScheduleFacts(tx, [scheduleId], { start: now, end })).get(scheduleId);
  const [next] = facts ? handOffs(facts, { start: now.getTime(), end: end.getTime() - 1 }) : [];
  const writer = next?.outgoing[0];
  if (next && writer) {
    await tx.insert(shiftHandOffs).values({
      scheduleId,
      at: new Date(secondOf(next.at)),
      watchOuts:
        "Bet slips are slow since the odds provider moved; their ticket is 4711, they answer until 18:00.\n" +
        "A mail to all customers goes out tonight: expect twice the traffic for an hour.",
      writtenBy: writer,
      writtenAt: now,
    });
  }
  const responder = people.find(({ name }) => name === DEMO_RESPONDER);
  if (!responder) return;
  await tx.insert(notificationRules).values({
    id: newId(now.getTime()),
    userId: responder.id,
    contactMethodId: responder.contactMethodId,
    kind: "handoff",
    urgency: null,
    delayMinutes: 0,
    advanceMinutes: 60,
    handoffType: "both",
    createdAt: now,
  });
}
