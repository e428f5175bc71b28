import type { Sql } from "#db/connect";
import { memoryNow } from "#scripts/bench/gronk/memory";

export type Peaks = { appMb: number; databaseMb: number; bothMb: number; backlog: number };

const EVERY_MS = 500;

/** Watches the memory of app and database and the events that wait, until it is stopped; answers the most of each. */
export function watchPeaks(sql: Sql, pids: { app: number; postgres: number }): { stop(): Promise<Peaks> } {
  const peaks: Peaks = { appMb: 0, databaseMb: 0, bothMb: 0, backlog: 0 };
  const look = async () => {
    const { appMb, databaseMb } = memoryNow(pids.app, pids.postgres);
    const [row] = await sql<{ n: number }[]>`select count(*)::int as n from inbox where processed_at is null`;
    peaks.appMb = Math.max(peaks.appMb, appMb);
    peaks.databaseMb = Math.max(peaks.databaseMb, databaseMb);
    peaks.bothMb = Math.max(peaks.bothMb, appMb + databaseMb);
    peaks.backlog = Math.max(peaks.backlog, row?.n ?? 0);
  };
  let looking = look();
  const timer = setInterval(() => {
    looking = looking.then(look);
  }, EVERY_MS);
  return {
    async stop() {
      clearInterval(timer);
      await looking;
      return peaks;
    },
  };
}
