import type { Engines } from "#scripts/acceptance/night/engines";
import type { Stage } from "#scripts/acceptance/stage";

/** Of this machine's time, for an engine that is just starting on a busy one. */
const PATIENCE_MS = 180_000;

/**
 * Waits until the engines have done all that is due, those included that have only begun to start; false when they don't get there.
 */
export async function settle(stage: Stage, engines: Engines): Promise<boolean> {
  const rested = await stage.waitFor(async () => {
    const [row] = await stage.database.sql<{ left: number }[]>`
      select (select count(*)::int from inbox where processed_at is null)
        + (select count(*)::int from pending_actions where at <= now())
        + (select count(*)::int from deliveries
          where (state in ('queued', 'retrying') and due_at <= now())
            or (state = 'sending' and leased_until <= now())
            or (state = 'sending' and split_part(leased_by, '-', 1)::int <> all(${[...engines.killed()]}))) as left`;
    return row?.left === 0 ? true : undefined;
  }, PATIENCE_MS);
  return rested ?? false;
}

/** Waits until an engine that lives has looked at the shifts: what is due then stands in no table. */
export async function waitForShiftChange(stage: Stage, engines: Engines): Promise<void> {
  const since = new Date().toISOString();
  const looked = await stage.waitFor(async () => {
    const [row] = await stage.database.sql<{ looked: number }[]>`
      select count(*)::int as looked from engines
      where process_id = any(${engines.living()}) and modules -> 'shift-change' ->> 'at' > ${since}`;
    return row?.looked === 0 ? undefined : true;
  }, PATIENCE_MS);
  stage.check(looked === true, "the shifts of the hour were handed over");
}
