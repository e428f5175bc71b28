import { asc } from "drizzle-orm";
import { priorities } from "#db/schema/incidents";
import { requirePermission } from "#lib/context";
import type { Context } from "#lib/context";

export type PriorityDto = { id: string; name: string; description: string; color: string; rank: number };

/** The organisation's priorities, the gravest first. */
export async function listPriorities(ctx: Context): Promise<PriorityDto[]> {
  requirePermission(ctx.actor, "read");
  return ctx.db.select().from(priorities).orderBy(asc(priorities.rank));
}
