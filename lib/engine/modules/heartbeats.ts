import { and, eq, isNotNull, sql } from "drizzle-orm";
import type { Database } from "#db/connect";
import { heartbeats } from "#db/schema/heartbeats";
import { integrations, services } from "#db/schema/services";
import { inTransaction, SYSTEM } from "#lib/context";
import type { EngineModule } from "#lib/engine/module";
import { LIVE_HEARTBEAT, tellLate } from "#lib/heartbeats/commands/tell-late";

const BATCH = 100;

/** Opens alerts for what did not report in when it should have. */
export const runHeartbeats: EngineModule = {
  name: "heartbeats",
  async run({ db }) {
    const worked = await inTransaction({ db, actor: SYSTEM }, (scope) => tellLate(scope, BATCH));
    return { worked, nextAt: worked === BATCH ? new Date(0) : await nextDue(db) };
  },
};

async function nextDue(db: Database): Promise<Date | null> {
  const [next] = await db
    .select({ at: sql`min(${heartbeats.dueAt})`.mapWith(heartbeats.dueAt) })
    .from(heartbeats)
    .innerJoin(integrations, eq(integrations.id, heartbeats.integrationId))
    .innerJoin(services, eq(services.id, integrations.serviceId))
    .where(and(isNotNull(heartbeats.dueAt), LIVE_HEARTBEAT));
  return next?.at ?? null;
}
