import { inTransaction } from "#lib/context";
import type { Context } from "#lib/context";
import { sendNotices } from "#lib/notifications/commands/send-notices";
import { loadScheduleFacts } from "#lib/on-call/queries/schedule-facts";
import { loadScheduleNames } from "#lib/on-call/queries/schedule-names";
import { loadToldShadows } from "#lib/on-call/queries/shadows";
import { shadowShifts } from "#lib/on-call/shadow";
import { loadPersonRefs } from "#lib/people/queries/person-refs";
import { DAY, MINUTE } from "#lib/time/calendar";

/** A shift that began longer ago is no news. */
const NEWS = 15 * MINUTE;

/** Tells shadows who wish it that a shift they follow begins, each of each once; answers how many were told. */
export async function tellShadows(ctx: Context): Promise<number> {
  return inTransaction(ctx, async (scope) => {
    const { tx, now } = scope;
    const recent = { start: new Date(now.getTime() - NEWS), end: new Date(now.getTime() + 1) };
    const shadows = await loadToldShadows(ctx.db, recent);
    if (shadows.length === 0) return 0;
    const scheduleIds = [...new Set(shadows.map(({ scheduleId }) => scheduleId))];
    // A shift that is a day old already has not begun just now.
    const window = { start: new Date(recent.start.getTime() - DAY), end: recent.end };
    const [facts, names] = await Promise.all([
      loadScheduleFacts(tx, scheduleIds, window),
      loadScheduleNames(tx, scheduleIds),
    ]);
    const begun = scheduleIds.flatMap((scheduleId) => {
      const of = facts.get(scheduleId);
      const own = shadows.filter((shadow) => shadow.scheduleId === scheduleId);
      const shifts = of ? shadowShifts(of, own, window) : [];
      return shifts.filter(({ start }) => start >= recent.start).map((shift) => ({ ...shift, scheduleId }));
    });
    const people = await loadPersonRefs(
      tx,
      begun.map(({ followsUserId }) => followsUserId),
    );
    return sendNotices(
      scope,
      begun.map(({ shadowId, userId, followsUserId, start, scheduleId }) => {
        const { name, slug } = names.get(scheduleId) ?? { name: "a schedule", slug: scheduleId };
        const followed = people.get(followsUserId)?.name ?? "somebody";
        return {
          userId,
          // They asked for it: a person without rules for hand-offs is told too.
          reason: "cover" as const,
          key: `shadow ${shadowId} ${start.toISOString()}`,
          says: {
            title: `You shadow ${followed} in ${name} from now on`,
            lines: ["You are not on call: nobody pages you for it."],
            path: `/schedules/${slug}`,
          },
        };
      }),
    );
  });
}
