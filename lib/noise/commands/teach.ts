import { inArray, sql } from "drizzle-orm";
import { alerts } from "#db/schema/events";
import { groupingFeedback } from "#db/schema/noise";
import type { Transaction, TransactionContext } from "#lib/context";
import { newId } from "#lib/ids";
import { pairOf } from "#lib/noise/feedback";
import type { Judgement, Teacher } from "#lib/noise/feedback";

export type TaughtAlert = { alertId: string; templateId: string };

/** Alerts of one kind that a single action is compared with at most. */
const MOST_KINDS = 10;

/** Keeps what a person's action said about two lots of alerts: each pair of their kinds counts once. */
export async function teach(
  scope: TransactionContext,
  lots: readonly [readonly TaughtAlert[], readonly TaughtAlert[]],
  judgement: Judgement,
  via: Teacher,
): Promise<void> {
  const [ones, others] = lots;
  const pairs = new Map(
    ones.flatMap((one) =>
      others
        .filter((other) => other.alertId !== one.alertId)
        .map((other) => [pairOf(one.templateId, other.templateId).join(" "), { one, other }] as const),
    ),
  );
  if (pairs.size === 0) return;
  await scope.tx.insert(groupingFeedback).values(
    [...pairs.values()].map(({ one, other }) => {
      const [templateA] = pairOf(one.templateId, other.templateId);
      const [a, b] = templateA === one.templateId ? [one, other] : [other, one];
      return {
        id: newId(scope.now.getTime()),
        at: scope.now,
        userId: scope.actor.type === "user" ? scope.actor.id : null,
        templateA: a.templateId,
        templateB: b.templateId,
        alertA: a.alertId,
        alertB: b.alertId,
        judgement,
        via,
      };
    }),
  );
}

/** An alert of each kind on an incident, the newest kinds first. */
export async function kindsOn(
  tx: Transaction,
  incidentIds: readonly string[],
  without: readonly string[] = [],
): Promise<TaughtAlert[]> {
  const left = without.length === 0 ? sql`true` : sql`not ${inArray(alerts.id, [...without])}`;
  return tx
    .select({ alertId: sql<string>`max(${alerts.id})`, templateId: sql<string>`${alerts.templateId}` })
    .from(alerts)
    .where(
      sql`${inArray(alerts.incidentId, [...incidentIds])} and ${alerts.templateId} is not null and ${left}`,
    )
    .groupBy(alerts.templateId)
    .orderBy(sql`max(${alerts.id}) desc`)
    .limit(MOST_KINDS);
}
