import { connect } from "#db/connect";
import type { Sql } from "#db/connect";

export type IntakeConnection = {
  /** Runs statements; rejects when they take longer than an attempt may. */
  run<T>(work: (sql: Sql) => Promise<T>): Promise<T>;
  end(): Promise<void>;
};

/** Longer than any healthy commit; short enough to try again before a sender gives up. */
const ATTEMPT_MS = 4_000;
/** Its own few connections: pages, reports and the engine never stand in the way of an event. */
const CONNECTIONS = 3;
/** A statement that was rolled back leaves its connection in order. */
const ROLLED_BACK = /^(40|22|23|42)/;

class AttemptTimedOut extends Error {
  readonly code = "CONNECT_TIMEOUT";
}

/**
 * The intake's way to the database. After a failure that may have to do with the connection it starts afresh: a failed-over or
 * vanished server is looked for again at once, without the driver's growing pauses.
 */
export function newIntakeConnection(url: string): IntakeConnection {
  const open = () => connect(url, { max: CONNECTIONS, applicationName: "touchline-intake" }).$client;
  let sql = open();
  function renew(failed: Sql): void {
    if (failed !== sql) return;
    sql = open();
    failed.end({ timeout: 0 }).catch(() => undefined);
  }
  return {
    async run(work) {
      const current = sql;
      let timer: NodeJS.Timeout | undefined;
      const timeout = new Promise<never>((_, reject) => {
        timer = setTimeout(
          () => reject(new AttemptTimedOut(`The database did not answer within ${ATTEMPT_MS / 1000} s.`)),
          ATTEMPT_MS,
        );
      });
      try {
        return await Promise.race([work(current), timeout]);
      } catch (error) {
        if (!ROLLED_BACK.test(codeOf(error))) renew(current);
        throw error;
      } finally {
        clearTimeout(timer);
      }
    },
    end: () => sql.end({ timeout: 1 }),
  };
}

function codeOf(error: unknown): string {
  const code: unknown = error instanceof Error && "code" in error ? error.code : "";
  return typeof code === "string" ? code : "";
}
