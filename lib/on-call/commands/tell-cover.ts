import type { TransactionContext } from "#lib/context";
import { sendNotices } from "#lib/notifications/commands/send-notices";
import { coverNotice } from "#lib/on-call/cover-notice";
import type { CoverEvent, CoverStory } from "#lib/on-call/cover-notice";
import { loadPersonRefs } from "#lib/people/queries/person-refs";
import { timeZoneOrUtc } from "#lib/time/zone";

type Telling = {
  event: CoverEvent;
  /** What the notice is about: each reader is told of it once. */
  about: string;
  userIds: Iterable<string>;
  story: Omit<CoverStory, "actor">;
};

/** Tells people what became of a cover request, each on their own clocks; never whoever did it. */
export async function tellCover(scope: TransactionContext, telling: Telling): Promise<void> {
  const { event, about, story } = telling;
  const readers = [...new Set(telling.userIds)].filter((userId) => userId !== scope.actor.id);
  const people = await loadPersonRefs(scope.tx, readers);
  await sendNotices(
    scope,
    readers.flatMap((userId) => {
      const person = people.get(userId);
      if (!person || person.isDeactivated) return [];
      const reader = { timeZone: timeZoneOrUtc(person.timeZone), locale: "en-GB", hour12: false };
      const says = coverNotice(event, { ...story, actor: scope.actor.name }, reader);
      return [{ userId, reason: "cover" as const, key: `cover ${event} ${about}`, says }];
    }),
  );
}
