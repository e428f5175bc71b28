import { join } from "node:path";
import { isFree, nextFreePort } from "#scripts/setup/free-port";
import type { RunningServer, ServerOptions } from "#scripts/setup/server";
import { ServerDidNotStart, startServer } from "#scripts/setup/server";

const DEFAULT_PORT = 3000;
const ATTEMPTS = 5;

export type Serving = RunningServer & { url: string; port: number };

/** Throws a sentence when a port that was asked for is taken. */
export async function requireFree(port: number | undefined, host: string): Promise<void> {
  if (port === undefined || (await isFree(port, host))) return;
  throw new Error(
    `Port ${port} is taken by another program. Choose another with --port, or leave --port out.`,
  );
}

/**
 * Serves on `port`, or without one on 3000 or the next free one. Another server may take the port between looking and
 * listening, so a server that failed on a port that is no longer free is started again on the next one.
 */
export async function serve(
  { port, ...options }: Omit<ServerOptions, "port" | "publicUrl" | "logFile"> & { port: number | undefined },
  signal: AbortSignal,
): Promise<Serving> {
  await requireFree(port, options.host);
  const logFile = options.dev ? undefined : join(options.folder, "logs", "server.log");
  for (let attempt = 1; ; attempt += 1) {
    const chosen = port ?? (await nextFreePort(DEFAULT_PORT, options.host));
    const url = `http://localhost:${chosen}`;
    try {
      return {
        ...(await startServer(
          { ...options, port: chosen, publicUrl: process.env.TOUCHLINE_URL || url, logFile },
          signal,
        )),
        url,
        port: chosen,
      };
    } catch (error) {
      const lostRace =
        error instanceof ServerDidNotStart && port === undefined && !(await isFree(chosen, options.host));
      if (!lostRace || signal.aborted || attempt === ATTEMPTS) throw error;
    }
  }
}

/** The remark that tells where it serves, and why not on the usual port. */
export function servingRemark(
  { url, port }: Pick<Serving, "url" | "port">,
  asked: number | undefined,
): string {
  return asked === undefined && port !== DEFAULT_PORT ? `${url}, since port ${DEFAULT_PORT} is taken` : url;
}
