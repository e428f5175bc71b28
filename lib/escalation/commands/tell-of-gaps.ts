import { and, asc, eq, inArray } from "drizzle-orm";
import { teamMembers, users } from "#db/schema/people";
import type { TransactionContext } from "#lib/context";
import { sendNotices } from "#lib/notifications/commands/send-notices";
import { isPageable } from "#lib/people/queries/pageable";
import { formatDayTime } from "#lib/time/format";
import type { TimeReader } from "#lib/time/format";

export type ToldGap = {
  id: string;
  policy: { id: string; name: string; slug: string; teamId: string | null };
  isUnreachable: boolean;
  startsAt: Date;
  endsAt: Date;
  /** Told before; now it is a day away. */
  isReminder: boolean;
};

type Reader = { id: string; timeZone: string };

const MOST_LINES = 5;

/**
 * Tells the managers of each policy's team, or without any the admins, of its gaps: one notice a person and policy, in their own time.
 * Somebody must fill them before they come, so they come early and by the rules of low urgency.
 */
export async function tellOfGaps(scope: TransactionContext, gaps: readonly ToldGap[]): Promise<number> {
  if (gaps.length === 0) return 0;
  const readersOf = await loadReaders(
    scope,
    gaps.map(({ policy }) => policy.teamId),
  );
  const groups = [...Map.groupBy(gaps, ({ policy, isReminder }) => `${policy.id} ${isReminder}`).values()];
  return sendNotices(
    scope,
    groups.flatMap((group) => {
      const [first] = group;
      if (!first) return [];
      const { policy, isReminder } = first;
      const title = isReminder
        ? `${policy.name}: nobody to page within a day`
        : `${policy.name}: nobody to page at ${group.length === 1 ? "a time" : `${group.length} times`} ahead`;
      return readersOf(policy.teamId).map(({ id: userId, timeZone }) => ({
        userId,
        reason: "coverage_gap" as const,
        key: `coverage ${isReminder ? "reminder" : "found"} ${group.map(({ id }) => id).join(" ")}`,
        says: {
          title,
          lines: linesOf(group, { timeZone, locale: "en-GB", hour12: false }),
          path: `/escalation/${policy.slug}`,
        },
      }));
    }),
  );
}

function linesOf(gaps: readonly ToldGap[], reader: TimeReader): string[] {
  const text = (at: Date) => formatDayTime(at.getTime(), reader);
  const lines = gaps.slice(0, MOST_LINES).map(({ startsAt, endsAt, isUnreachable }) => {
    const what = isUnreachable
      ? "on call are only people who can't be reached"
      : "nobody is on call at any level";
    return `${text(startsAt)} to ${text(endsAt)}: ${what}.`;
  });
  const more = gaps.length - lines.length;
  return [
    ...lines,
    ...(more > 0 ? [`And ${more} more.`] : []),
    `Times are those of ${reader.timeZone}.`,
    "An incident at such a time goes to the fallback.",
  ];
}

async function loadReaders({ tx }: TransactionContext, teamIds: readonly (string | null)[]) {
  const reader = { id: users.id, timeZone: users.timeZone };
  const ids = [...new Set(teamIds.flatMap((id) => id ?? []))];
  const [managers, admins] = await Promise.all([
    tx
      .select({ teamId: teamMembers.teamId, ...reader })
      .from(teamMembers)
      .innerJoin(users, eq(users.id, teamMembers.userId))
      .where(and(inArray(teamMembers.teamId, ids), eq(teamMembers.role, "manager"), isPageable()))
      .orderBy(asc(users.id)),
    tx
      .select(reader)
      .from(users)
      .where(and(inArray(users.role, ["owner", "admin"]), isPageable()))
      .orderBy(asc(users.id)),
  ]);
  const byTeam = Map.groupBy(managers, ({ teamId }) => teamId);
  return (teamId: string | null): Reader[] => (teamId && byTeam.get(teamId)) || admins;
}
