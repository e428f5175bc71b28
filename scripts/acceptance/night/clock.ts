import type { Stage } from "#scripts/acceptance/stage";

const MINUTE = 60_000;
/** Between the minutes of the night the clock stops at every fifth second on which something is due. */
const GRID_MS = 5_000;

export type NightClock = {
  /** Minutes since the night began, whole. */
  minute: () => number;
  /** Epoch milliseconds. */
  now: () => number;
  moveTo: (at: number) => Promise<void>;
  /** The next instant, before `limit`, at which an engine has something to do. */
  nextDue: (limit: number) => Promise<number | null>;
};

/**
 * The clock of the night: it stands still while anybody has work, so that the verdict is about the product and not about how fast this
 * machine is, and goes on from one due instant to the next.
 */
export async function startClock({ database }: Stage, startsAt: Date): Promise<NightClock> {
  let at = startsAt.getTime();
  await database.stopTime();
  await database.setTime(startsAt);
  return {
    minute: () => Math.floor((at - startsAt.getTime()) / MINUTE),
    now: () => at,
    moveTo: async (to) => {
      at = to;
      await database.setTime(new Date(to));
      await database.sql`select pg_notify('touchline_engine', '')`;
    },
    nextDue: async (limit) => {
      const [row] = await database.sql<{ next: number | null }[]>`
        select (extract(epoch from min(at)) * 1000)::float8 as next from (
          select at from pending_actions
          union all
          select case when state = 'sending' then leased_until else due_at end from deliveries
          where state in ('queued', 'retrying', 'sending')
        ) as due where at > now()`;
      const next = row?.next ?? Number.POSITIVE_INFINITY;
      const stop = Math.ceil(next / GRID_MS) * GRID_MS;
      return stop < limit ? stop : null;
    },
  };
}
