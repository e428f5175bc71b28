import { and, asc, eq, lt, ne, sql } from "drizzle-orm";
import type { Database } from "#db/connect";
import { incidents } from "#db/schema/incidents";
import { requirePermission } from "#lib/context";
import type { Context, Transaction } from "#lib/context";

/** More than these are left for another time, oldest first. */
export const MOST_APPLIED = 250;

/** How many open incidents follow an older version of this policy. */
export async function countOlderCopies(
  ctx: Context,
  policy: { id: string; version: number },
): Promise<number> {
  requirePermission(ctx.actor, "read");
  return ctx.db.$count(incidents, isOlder(policy));
}

/** Open incidents that follow an older version of this policy, oldest first. */
export async function findOlderCopies(
  db: Database | Transaction,
  policy: { id: string; version: number },
): Promise<{ id: string; number: number; title: string }[]> {
  return db
    .select({ id: incidents.id, number: incidents.number, title: incidents.title })
    .from(incidents)
    .where(isOlder(policy))
    .orderBy(asc(incidents.id))
    .limit(MOST_APPLIED);
}

function isOlder({ id, version }: { id: string; version: number }) {
  return and(
    ne(incidents.status, "resolved"),
    eq(sql`${incidents.policySnapshot}->>'policyId'`, id),
    lt(sql<number>`coalesce((${incidents.policySnapshot}->>'version')::int, 1)`, version),
  );
}
