import { sql } from "drizzle-orm";
import { requirePermission } from "#lib/context";
import type { Context } from "#lib/context";

export type DemoSize = { services: number; people: number; incidents: number };

/** How much of the demo organisation is left; all zeros: nothing. */
export async function readDemoSize(ctx: Context): Promise<DemoSize> {
  requirePermission(ctx.actor, "organisation.manage");
  const [row] = await ctx.db.execute<DemoSize>(sql`
    select (select count(*) from services where is_demo)::int as services,
      (select count(*) from users where is_demo)::int as people,
      (select count(*) from incidents where origin = 'demo')::int as incidents`);
  return row ?? { services: 0, people: 0, incidents: 0 };
}
