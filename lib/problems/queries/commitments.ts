import { sql } from "drizzle-orm";
import type { Transaction } from "#lib/context";
import { actionsHref } from "#lib/problems/action-filter";
import { actionConditions } from "#lib/problems/queries/actions";
import type { Commitments } from "#lib/reports/pack-report";

/** Corrective actions that are open and overdue now, and those that were done in [start, end) (epoch milliseconds). */
export async function readCommitments(
  tx: Transaction,
  { start, end }: { start: number; end: number },
): Promise<Commitments> {
  const done = {
    show: "done" as const,
    from: new Date(start).toISOString(),
    to: new Date(end).toISOString(),
  };
  const filters = { open: { show: "open" as const }, overdue: { show: "overdue" as const }, done };
  const count = (filter: Parameters<typeof actionConditions>[0]) =>
    sql`(count(*) filter (where ${actionConditions(filter)}))::int`;
  const [row] = await tx.execute<Record<keyof Commitments, number>>(sql`
    select ${count(filters.open)} as open, ${count(filters.overdue)} as overdue, ${count(filters.done)} as done
    from corrective_actions a`);
  const counted = (key: keyof Commitments) => ({ count: row?.[key] ?? 0, href: actionsHref(filters[key]) });
  return { open: counted("open"), overdue: counted("overdue"), done: counted("done") };
}
