import { and, asc, eq, lt, ne, sql } from "drizzle-orm";
import type { Database } from "#db/connect";
import { incidents } from "#db/schema/incidents";
import type { Transaction } from "#lib/context";

/** More than these are left for another time, oldest first. */
export const MOST_APPLIED = 250;

/** Open incidents that follow an older version of this policy, oldest first. */
export async function findOlderCopies(
  db: Database | Transaction,
  policy: { id: string; version: number },
): Promise<{ id: string; number: number; title: string }[]> {
  const version = sql<number>`coalesce((${incidents.policySnapshot}->>'version')::int, 0)`;
  return db
    .select({ id: incidents.id, number: incidents.number, title: incidents.title })
    .from(incidents)
    .where(
      and(
        ne(incidents.status, "resolved"),
        eq(sql`${incidents.policySnapshot}->>'policyId'`, policy.id),
        lt(version, policy.version),
      ),
    )
    .orderBy(asc(incidents.id))
    .limit(MOST_APPLIED);
}
