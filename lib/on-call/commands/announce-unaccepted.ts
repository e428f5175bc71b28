import { and, eq, gt, inArray, lte, ne } from "drizzle-orm";
import { shiftAcceptances, shiftHandOffs } from "#db/schema/hand-offs";
import { incidentAssignments, incidents } from "#db/schema/incidents";
import { teamMembers, users } from "#db/schema/people";
import { schedules } from "#db/schema/schedules";
import type { TransactionContext } from "#lib/context";
import { sendNotices } from "#lib/notifications/commands/send-notices";
import { handOffAddress, secondOf } from "#lib/on-call/hand-off-address";
import { handOffs } from "#lib/on-call/hand-offs";
import type { HandOff } from "#lib/on-call/hand-offs";
import { loadAnnouncedSchedules } from "#lib/on-call/queries/announced-schedules";
import { loadScheduleFacts } from "#lib/on-call/queries/schedule-facts";
import { isPageable } from "#lib/people/queries/pageable";
import { MINUTE } from "#lib/time/calendar";

/** So long those who come have to say that they have it; and so long after that it is still worth a word. */
const GRACE = 10 * MINUTE;
const USEFUL = 30 * MINUTE;

/**
 * Tells those who left, and the managers of the schedule's team, that nobody has accepted a shift in which there is something to hand
 * over: notes for those who come, or open incidents with those who left. A quiet hand-off bothers nobody. Answers how many were told.
 */
export async function announceUnaccepted(scope: TransactionContext): Promise<number> {
  const { tx } = scope;
  const end = scope.now.getTime() - GRACE;
  const range = { start: end - USEFUL, end };
  const announced = await loadAnnouncedSchedules(tx);
  const facts = await loadScheduleFacts(tx, [...announced.keys()], {
    start: new Date(range.start - 1),
    end: new Date(range.end + 1),
  });
  const found = [...facts].flatMap(([scheduleId, of]) =>
    handOffs(of, range)
      .filter(({ incoming, outgoing }) => incoming.length > 0 && outgoing.length > 0)
      .map((handOff) => ({ scheduleId, ...handOff })),
  );
  const open = await withoutAcceptance(scope, found);
  const waiting = await withSomething(scope, open);
  if (waiting.length === 0) return 0;
  const managers = await loadManagers(
    scope,
    waiting.map(({ scheduleId }) => scheduleId),
  );
  const { names, ids } = await loadNames(
    scope,
    waiting.flatMap(({ incoming, outgoing }) => [...incoming, ...outgoing]),
  );
  const notices = waiting.flatMap(({ scheduleId, at, incoming, outgoing }) => {
    const schedule = announced.get(scheduleId)?.name ?? "";
    const who = incoming.map((id) => names.get(id) ?? id).join(" and ");
    const told = new Set([...outgoing.filter((id) => ids.has(id)), ...(managers.get(scheduleId) ?? [])]);
    return [...told]
      .filter((userId) => !incoming.includes(userId))
      .map((userId) => ({
        userId,
        reason: "schedule_changed" as const,
        key: `unaccepted ${scheduleId} ${new Date(at).toISOString()}`,
        says: {
          title: `${who} has not accepted the shift in ${schedule}`,
          lines: [
            "Pages go to whoever is on call all the same.",
            `There is something to hand over, and nobody has said that they have it.`,
          ],
          path: `/on-call/handoff/${handOffAddress({ scheduleId, at: new Date(at) })}`,
        },
      }));
  });
  return sendNotices(scope, notices);
}

type Found = HandOff & { scheduleId: string };

async function withoutAcceptance({ tx }: TransactionContext, found: readonly Found[]): Promise<Found[]> {
  if (found.length === 0) return [];
  const accepted = await tx
    .select({ scheduleId: shiftAcceptances.scheduleId, at: shiftAcceptances.at })
    .from(shiftAcceptances)
    .where(
      and(
        inArray(shiftAcceptances.scheduleId, [...new Set(found.map(({ scheduleId }) => scheduleId))]),
        gt(shiftAcceptances.at, new Date(secondOf(Math.min(...found.map(({ at }) => at))) - 1)),
        lte(shiftAcceptances.at, new Date(Math.max(...found.map(({ at }) => at)))),
      ),
    );
  const known = new Set(accepted.map(({ scheduleId, at }) => `${scheduleId} ${at.getTime()}`));
  return found.filter(({ scheduleId, at }) => !known.has(`${scheduleId} ${secondOf(at)}`));
}

async function withSomething({ tx }: TransactionContext, found: readonly Found[]): Promise<Found[]> {
  if (found.length === 0) return [];
  const [notes, holding] = await Promise.all([
    tx
      .select({ scheduleId: shiftHandOffs.scheduleId, at: shiftHandOffs.at })
      .from(shiftHandOffs)
      .where(
        and(
          inArray(shiftHandOffs.scheduleId, [...new Set(found.map(({ scheduleId }) => scheduleId))]),
          ne(shiftHandOffs.watchOuts, ""),
        ),
      ),
    tx
      .selectDistinct({ userId: incidentAssignments.userId })
      .from(incidentAssignments)
      .innerJoin(incidents, eq(incidents.id, incidentAssignments.incidentId))
      .where(
        and(
          inArray(incidentAssignments.userId, [...new Set(found.flatMap(({ outgoing }) => outgoing))]),
          ne(incidents.status, "resolved"),
        ),
      ),
  ]);
  const written = new Set(notes.map(({ scheduleId, at }) => `${scheduleId} ${at.getTime()}`));
  const busy = new Set(holding.map(({ userId }) => userId));
  return found.filter(
    ({ scheduleId, at, outgoing }) =>
      written.has(`${scheduleId} ${secondOf(at)}`) || outgoing.some((id) => busy.has(id)),
  );
}

async function loadManagers(
  { tx }: TransactionContext,
  scheduleIds: readonly string[],
): Promise<Map<string, string[]>> {
  const rows = await tx
    .select({ scheduleId: schedules.id, userId: users.id })
    .from(schedules)
    .innerJoin(teamMembers, and(eq(teamMembers.teamId, schedules.teamId), eq(teamMembers.role, "manager")))
    .innerJoin(users, and(eq(users.id, teamMembers.userId), isPageable()))
    .where(inArray(schedules.id, [...scheduleIds]));
  return new Map(
    [...Map.groupBy(rows, ({ scheduleId }) => scheduleId)].map(([id, of]) => [
      id,
      of.map(({ userId }) => userId),
    ]),
  );
}

async function loadNames({ tx }: TransactionContext, userIds: readonly string[]) {
  const rows = await tx
    .select({ id: users.id, name: users.name, deactivatedAt: users.deactivatedAt })
    .from(users)
    .where(inArray(users.id, [...userIds]));
  return {
    names: new Map(rows.map(({ id, name }) => [id, name])),
    ids: new Set(rows.filter(({ deactivatedAt }) => deactivatedAt === null).map(({ id }) => id)),
  };
}
