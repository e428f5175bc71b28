import { inArray } from "drizzle-orm";
import type { Database } from "#db/connect";
import { contactMethods, notificationRules } from "#db/schema/people";
import type { Transaction } from "#lib/context";
import { readAvailableChannels } from "#lib/notifications/queries/available-channels";
import type { Channel } from "#lib/notifications/vocabulary";
import { judgeReadiness } from "#lib/people/readiness";
import type { Readiness, ReachableMethod } from "#lib/people/readiness";

/** How well each of these people can be reached, in two queries. */
export async function loadReadiness(
  db: Database | Transaction,
  userIds: Iterable<string>,
): Promise<Map<string, Readiness>> {
  const ids = [...new Set(userIds)];
  if (ids.length === 0) return new Map();
  const [methods, rules, available] = await Promise.all([
    db.select().from(contactMethods).where(inArray(contactMethods.userId, ids)),
    db.select().from(notificationRules).where(inArray(notificationRules.userId, ids)),
    readAvailableChannels(db),
  ]);
  const methodsOf = Map.groupBy(methods, ({ userId }) => userId);
  const rulesOf = Map.groupBy(rules, ({ userId }) => userId);
  return new Map(
    ids.map((id) => [
      id,
      judgeReadiness(
        (methodsOf.get(id) ?? []).map((row) => toMethod(row, available)),
        rulesOf.get(id) ?? [],
      ),
    ]),
  );
}

function toMethod(
  row: typeof contactMethods.$inferSelect,
  availableChannels: ReadonlySet<Channel>,
): ReachableMethod {
  const { id, channel, enabled, verifiedAt, lastDeliveredAt, lastFailedAt } = row;
  const failing = lastFailedAt !== null && (lastDeliveredAt === null || lastFailedAt > lastDeliveredAt);
  const available = availableChannels.has(channel);
  return { id, channel, enabled, available, verified: verifiedAt !== null, failing };
}
