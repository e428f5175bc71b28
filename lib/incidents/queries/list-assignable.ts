import { asc } from "drizzle-orm";
import { users } from "#db/schema/people";
import { requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import type { PersonDto } from "#lib/incidents/schemas";
import { isPageable } from "#lib/people/queries/pageable";

/** The people an incident can be handed to. */
export async function listAssignable(ctx: Context): Promise<PersonDto[]> {
  requirePermission(ctx.actor, "read");
  return ctx.db
    .select({ id: users.id, name: users.name })
    .from(users)
    .where(isPageable())
    .orderBy(asc(users.name));
}
