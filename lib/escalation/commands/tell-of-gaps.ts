import type { TransactionContext } from "#lib/context";
import { sendNotices } from "#lib/notifications/commands/send-notices";
import { loadTeamOwners } from "#lib/people/queries/team-owners";
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

const MOST_LINES = 5;

/**
 * Tells the managers of each policy's team, or without any the admins, of its gaps: one notice a person and policy, in their own time.
 * Somebody must fill them before they come, so they come early and by the rules of low urgency.
 */
export async function tellOfGaps(scope: TransactionContext, gaps: readonly ToldGap[]): Promise<number> {
  if (gaps.length === 0) return 0;
  const ownersOf = await loadTeamOwners(
    scope.tx,
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
      return ownersOf(policy.teamId).map(({ id: userId, timeZone }) => ({
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
