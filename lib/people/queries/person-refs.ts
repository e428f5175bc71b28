import { asc, inArray } from "drizzle-orm";
import type { Database } from "#db/connect";
import { users } from "#db/schema/people";
import { requirePermission } from "#lib/context";
import type { Context, Transaction } from "#lib/context";

/** A person as lists and chips show them. */
export type PersonRef = { id: string; name: string; timeZone: string; isDeactivated: boolean };

/** People by id in one query, deactivated ones included; unknown ids are left out. */
export async function loadPersonRefs(
  db: Database | Transaction,
  userIds: Iterable<string>,
): Promise<Map<string, PersonRef>> {
  const ids = [...new Set(userIds)];
  if (ids.length === 0) return new Map();
  const rows = await db
    .select({ id: users.id, name: users.name, timeZone: users.timeZone, deactivatedAt: users.deactivatedAt })
    .from(users)
    .where(inArray(users.id, ids));
  return new Map(
    rows.map(({ id, name, timeZone, deactivatedAt }) => [
      id,
      { id, name, timeZone, isDeactivated: deactivatedAt !== null },
    ]),
  );
}

/** Everybody, deactivated people included, by name, to choose one. */
export async function listPersonNames(ctx: Context): Promise<{ id: string; name: string }[]> {
  requirePermission(ctx.actor, "read");
  return ctx.db
    .select({ id: users.id, name: users.name })
    .from(users)
    .orderBy(asc(users.name), asc(users.id));
}
