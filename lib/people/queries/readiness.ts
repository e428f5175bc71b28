import { eq, inArray } from "drizzle-orm";
import type { Database } from "#db/connect";
import { contactMethods, notificationRules } from "#db/schema/people";
import type { Transaction } from "#lib/context";
import { judgeReadiness } from "#lib/people/readiness";
import type { Readiness, ReachableRule } from "#lib/people/readiness";

/** How well each of these people can be reached, in one query. */
export async function loadReadiness(
  db: Database | Transaction,
  userIds: Iterable<string>,
): Promise<Map<string, Readiness>> {
  const ids = [...new Set(userIds)];
  if (ids.length === 0) return new Map();
  const rows = await db
    .select({
      userId: notificationRules.userId,
      urgency: notificationRules.urgency,
      delayMinutes: notificationRules.delayMinutes,
      channel: contactMethods.channel,
      enabled: contactMethods.enabled,
      verifiedAt: contactMethods.verifiedAt,
      lastDeliveredAt: contactMethods.lastDeliveredAt,
      lastFailedAt: contactMethods.lastFailedAt,
    })
    .from(notificationRules)
    .innerJoin(contactMethods, eq(contactMethods.id, notificationRules.contactMethodId))
    .where(inArray(notificationRules.userId, ids));
  const rules = Map.groupBy(rows, (row) => row.userId);
  return new Map(ids.map((id) => [id, judgeReadiness((rules.get(id) ?? []).map(toRule))]));
}

type RuleRow = Pick<ReachableRule, "urgency" | "delayMinutes"> & {
  channel: ReachableRule["method"]["channel"];
  enabled: boolean;
  verifiedAt: Date | null;
  lastDeliveredAt: Date | null;
  lastFailedAt: Date | null;
};

function toRule(row: RuleRow): ReachableRule {
  const { urgency, delayMinutes, channel, enabled, verifiedAt, lastDeliveredAt, lastFailedAt } = row;
  const failing = lastFailedAt !== null && (lastDeliveredAt === null || lastFailedAt > lastDeliveredAt);
  return { urgency, delayMinutes, method: { channel, enabled, verified: verifiedAt !== null, failing } };
}
