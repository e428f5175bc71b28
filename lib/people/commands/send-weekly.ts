import { and, eq } from "drizzle-orm";
import { contactMethods, notificationRules, teamMembers, users } from "#db/schema/people";
import type { TransactionContext } from "#lib/context";
import { sendNotices } from "#lib/notifications/commands/send-notices";
import type { NoticeRequest } from "#lib/notifications/commands/send-notices";
import { readAvailableChannels } from "#lib/notifications/queries/available-channels";
import { chooseSends } from "#lib/notifications/rules";
import { isPageable } from "#lib/people/queries/pageable";
import { loadReadinessMatrix } from "#lib/people/queries/readiness-matrix";
import { readinessDigest } from "#lib/people/readiness-digest";
import { dueThisWeek } from "#lib/people/weekly";

const SELF_TEST = { weekday: 2, hour: 10 };
const DIGEST = { weekday: 1, hour: 9 };

/**
 * Sends this week's tests to those who asked for them, over every way that high urgency uses, each to be confirmed by one tap. Everybody
 * gets theirs once a week, in their own time. Answers how many were new.
 */
export async function sendSelfTests(scope: TransactionContext): Promise<number> {
  const { tx, now } = scope;
  const people = await tx
    .select({ id: users.id, timeZone: users.timeZone })
    .from(users)
    .where(and(eq(users.selfTest, true), isPageable()));
  const due = people.flatMap(({ id, timeZone }) => {
    const week = dueThisWeek(now, timeZone, SELF_TEST);
    return week === null ? [] : [{ id, week }];
  });
  if (due.length === 0) return 0;
  const [methods, rules, available] = await Promise.all([
    tx.select().from(contactMethods),
    tx.select().from(notificationRules),
    readAvailableChannels(tx),
  ]);
  return sendNotices(
    scope,
    due.map(({ id, week }): NoticeRequest => {
      const { sends } = chooseSends({
        rules: rules.filter(({ userId }) => userId === id),
        contactMethods: methods
          .filter(({ userId }) => userId === id)
          .map((method) => ({ ...method, available: available.has(method.channel) })),
        urgency: "high",
      });
      return {
        userId: id,
        reason: "self_test",
        key: `self_test ${week}`,
        contactMethodIds: [...new Set(sends.map(({ method }) => method.id))],
        says: {
          title: "Weekly test: can Touchline reach you here?",
          lines: [
            "Nothing is wrong. Open the link and say that it arrived; what you don't confirm counts as untested.",
          ],
          path: "/me/notifications",
        },
      };
    }),
  );
}

/** Tells managers of teams, once a week in their own time, whom of their teams a page would not reach. Answers how many were new. */
export async function sendReadinessDigests(scope: TransactionContext): Promise<number> {
  const { tx, now } = scope;
  const managers = await tx
    .select({ id: users.id, timeZone: users.timeZone, teamId: teamMembers.teamId })
    .from(teamMembers)
    .innerJoin(users, eq(users.id, teamMembers.userId))
    .where(and(eq(teamMembers.role, "manager"), isPageable()));
  const due = Map.groupBy(
    managers.filter(({ timeZone }) => dueThisWeek(now, timeZone, DIGEST) !== null),
    ({ id }) => id,
  );
  if (due.size === 0) return 0;
  const [matrix, members] = await Promise.all([loadReadinessMatrix(tx, now), tx.select().from(teamMembers)]);
  return sendNotices(
    scope,
    [...due].map(([userId, ofManager]): NoticeRequest => {
      const teams = new Set(ofManager.map(({ teamId }) => teamId));
      const inTeams = new Set(members.flatMap((member) => (teams.has(member.teamId) ? [member.userId] : [])));
      const week = dueThisWeek(now, ofManager[0]?.timeZone ?? "Etc/UTC", DIGEST) ?? "";
      return {
        userId,
        reason: "digest",
        key: `readiness ${week}`,
        says: readinessDigest({
          people: matrix.people.filter(({ id }) => inTeams.has(id)),
          policies: matrix.policies.filter(({ teamId }) => teamId !== null && teams.has(teamId)),
        }),
      };
    }),
  );
}
