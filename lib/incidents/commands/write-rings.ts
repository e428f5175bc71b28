import { sql } from "drizzle-orm";
import type { TransactionContext } from "#lib/context";
import type { IncidentChange } from "#lib/incidents/incident";

/** Moves the rings on by the turns that were taken, in their order; the rows are locked by the transaction that decided. */
export async function writeRings(
  { tx }: TransactionContext,
  changes: readonly { change: IncidentChange }[],
): Promise<void> {
  const last = new Map(
    changes.flatMap(({ change }) => change.rings ?? []).map((turn) => [turn.levelId, turn] as const),
  );
  if (last.size === 0) return;
  const rows = [...last.values()].map(({ levelId, lastTargetId, lastIndex }) => ({
    level_id: levelId,
    last_target_id: lastTargetId,
    last_index: lastIndex,
  }));
  await tx.execute(sql`
    update escalation_rings r set last_target_id = t.last_target_id, last_index = t.last_index
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as t (level_id text, last_target_id text, last_index int)
    where r.level_id = t.level_id`);
}
