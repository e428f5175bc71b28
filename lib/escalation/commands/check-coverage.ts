import { and, eq, gt, inArray, isNull } from "drizzle-orm";
import { coverageWarnings, escalationPolicies } from "#db/schema/escalation";
import type { TransactionContext } from "#lib/context";
import { tellOfGaps } from "#lib/escalation/commands/tell-of-gaps";
import type { ToldGap } from "#lib/escalation/commands/tell-of-gaps";
import { beginsWithinADay, compareGaps } from "#lib/escalation/coverage";
import type { FoundGap, GapChanges, KnownGap } from "#lib/escalation/coverage";
import { loadCoverage } from "#lib/escalation/queries/coverage";
import { newId } from "#lib/ids";
import { publish } from "#lib/outbox";

/** The gaps further ahead than this are not looked for; those of a policy beyond this number are found once earlier ones are over. */
const MOST_PER_POLICY = 20;

/**
 * Compares the coming 30 days of every live policy with the gaps that are known, writes down what is new, moved or closed, and tells
 * the teams; answers how many notices went out. One transaction at a time: the caller holds the lock.
 */
export async function checkCoverage(scope: TransactionContext): Promise<number> {
  const { tx, now } = scope;
  const policies = await tx
    .select({
      id: escalationPolicies.id,
      name: escalationPolicies.name,
      slug: escalationPolicies.slug,
      teamId: escalationPolicies.teamId,
    })
    .from(escalationPolicies)
    .where(isNull(escalationPolicies.deletedAt));
  const ids = policies.map(({ id }) => id);
  const [coverage, known] = await Promise.all([loadCoverage(tx, ids, now), loadKnown(scope)]);
  const told: ToldGap[] = [];
  const changed = new Set<string>();
  for (const policy of policies) {
    const { uncovered = [], unreachable = [] } = coverage.get(policy.id) ?? {};
    const found = [
      ...uncovered.map((gap) => ({ ...gap, isUnreachable: false })),
      ...unreachable.map((gap) => ({ ...gap, isUnreachable: true })),
    ]
      .toSorted((a, b) => a.start - b.start)
      .slice(0, MOST_PER_POLICY);
    const changes = compareGaps(known.get(policy.id) ?? [], found, now.getTime());
    const written = await writeChanges(scope, policy.id, changes);
    if (changes.opened.length + changes.closed.length > 0) changed.add(policy.id);
    told.push(...written.map((gap) => ({ ...gap, policy })));
  }
  await publish(
    scope,
    ...[...changed].map((entityId) => ({
      topic: "escalation_policy.coverage_changed",
      entityType: "escalation_policy",
      entityId,
    })),
  );
  return tellOfGaps(scope, told);
}

async function loadKnown({ tx, now }: TransactionContext): Promise<Map<string, KnownGap[]>> {
  const rows = await tx
    .select()
    .from(coverageWarnings)
    .where(and(isNull(coverageWarnings.closedAt), gt(coverageWarnings.endsAt, now)));
  const byPolicy = Map.groupBy(rows, ({ policyId }) => policyId);
  return new Map(
    [...byPolicy].map(([policyId, of]) => [
      policyId,
      of.map(({ id, isUnreachable, startsAt, endsAt, remindedAt }) => ({
        id,
        isUnreachable,
        start: startsAt.getTime(),
        end: endsAt.getTime(),
        reminded: remindedAt !== null,
      })),
    ]),
  );
}

type Written = Omit<ToldGap, "policy">;

/** Writes the changes of one policy; answers the gaps to tell of. */
async function writeChanges(
  { tx, now }: TransactionContext,
  policyId: string,
  { opened, moved, due, closed }: GapChanges,
): Promise<Written[]> {
  const rows = opened.map((gap: FoundGap) => ({
    id: newId(now.getTime()),
    policyId,
    isUnreachable: gap.isUnreachable,
    startsAt: new Date(gap.start),
    endsAt: new Date(gap.end),
    foundAt: now,
    // So close that there is no earlier and later.
    remindedAt: beginsWithinADay(gap, now.getTime()) ? now : null,
  }));
  if (rows.length > 0) await tx.insert(coverageWarnings).values(rows);
  for (const { id, start, end } of moved) {
    await tx
      .update(coverageWarnings)
      .set({ startsAt: new Date(start), endsAt: new Date(end) })
      .where(eq(coverageWarnings.id, id));
  }
  const idsOf = (gaps: readonly KnownGap[]) => gaps.map(({ id }) => id);
  if (due.length > 0) {
    await tx
      .update(coverageWarnings)
      .set({ remindedAt: now })
      .where(inArray(coverageWarnings.id, idsOf(due)));
  }
  if (closed.length > 0) {
    await tx
      .update(coverageWarnings)
      .set({ closedAt: now })
      .where(inArray(coverageWarnings.id, idsOf(closed)));
  }
  return [
    ...rows.map((row) => ({ ...row, isReminder: false })),
    ...due.map(({ id, isUnreachable, start, end }) => ({
      id,
      isUnreachable,
      startsAt: new Date(start),
      endsAt: new Date(end),
      isReminder: true,
    })),
  ];
}
