import { coverOffers, coverRequests, scheduleShadows } from "#db/schema/covers";
import { timeOff } from "#db/schema/time-off";
import type { InsertedPeople, InsertedPerson } from "#db/seed/demo/insert-people";
import { responders } from "#db/seed/demo/insert-schedules";
import type { InsertedSchedules } from "#db/seed/demo/insert-schedules";
import { DEMO_RESPONDER } from "#db/seed/demo/staff";
import type { Transaction } from "#lib/context";
import { newId } from "#lib/ids";
import { loadScheduleFacts } from "#lib/on-call/queries/schedule-facts";
import { resolveSchedule } from "#lib/on-call/resolve";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/**
 * What the demo responder finds among covers: a colleague who asks everybody, their own request with an offer that waits for their
 * word, time off that meets a shift, and somebody who follows theirs to learn.
 */
export async function insertCovers(
  tx: Transaction,
  now: Date,
  { byName, people }: InsertedPeople,
  { teams }: InsertedSchedules,
): Promise<void> {
  const responder = byName.get(DEMO_RESPONDER);
  const schedule = teams.get("bets");
  if (!responder || !schedule) return;
  const window = { start: new Date(now.getTime() + DAY), end: new Date(now.getTime() + 42 * DAY) };
  const facts = (await loadScheduleFacts(tx, [schedule.id], window)).get(schedule.id);
  const shifts = facts ? resolveSchedule(facts, window).filter(({ start }) => start > window.start) : [];
  const own = shifts.filter(({ userId }) => userId === responder.id);
  const colleague = shifts.find(({ userId }) => userId !== responder.id);
  const [first] = own;
  const last = own.at(-1);
  if (!first || !last || !colleague) return;
  const asked = (hoursAgo: number) => new Date(now.getTime() - hoursAgo * HOUR);
  const request = {
    id: newId(now.getTime()),
    requesterId: responder.id,
    startsAt: first.start,
    endsAt: first.end,
  };
  await tx.insert(coverRequests).values([
    { ...request, scheduleId: schedule.id, message: "School play in the afternoon", createdAt: asked(5) },
    {
      id: newId(now.getTime()),
      scheduleId: schedule.id,
      requesterId: colleague.userId,
      startsAt: colleague.start,
      endsAt: colleague.end,
      message: "Dentist, it can’t be moved",
      createdAt: asked(20),
    },
  ]);
  const team = responders(people, "bets").filter(({ id }) => id !== responder.id);
  await insertOffer(tx, request, team, asked(2));
  await tx.insert(timeOff).values({
    id: newId(now.getTime()),
    userId: responder.id,
    startsAt: new Date(last.start.getTime() - DAY),
    endsAt: new Date(last.end.getTime() + DAY),
    note: "Long weekend",
    createdAt: asked(48),
  });
  const learner = responders(people, "odds").find(({ teams: of }) => of.every(({ key }) => key !== "bets"));
  if (!learner) return;
  await tx.insert(scheduleShadows).values({
    id: newId(now.getTime()),
    scheduleId: schedule.id,
    userId: learner.id,
    followsUserId: responder.id,
    startsAt: now,
    endsAt: window.end,
    isTold: true,
    createdAt: asked(30),
  });
}

/** Somebody of the team would take the first half. */
async function insertOffer(
  tx: Transaction,
  request: { id: string; startsAt: Date; endsAt: Date },
  team: readonly InsertedPerson[],
  createdAt: Date,
): Promise<void> {
  const [helper] = team;
  if (!helper) return;
  const middle = new Date((request.startsAt.getTime() + request.endsAt.getTime()) / 2);
  await tx.insert(coverOffers).values({
    id: newId(createdAt.getTime()),
    requestId: request.id,
    userId: helper.id,
    startsAt: request.startsAt,
    endsAt: middle,
    outcome: "waiting",
    createdAt,
  });
}
