import { isNull } from "drizzle-orm";
import { users } from "#db/schema/people";
import { requirePermission } from "#lib/context";
import type { Context } from "#lib/context";

/** How many people are active. */
export async function countPeople(ctx: Context): Promise<number> {
  requirePermission(ctx.actor, "read");
  return ctx.db.$count(users, isNull(users.deactivatedAt));
}
