import { spawn } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { setTimeout as delay } from "node:timers/promises";
import { root, tool, toolEnvironment } from "#scripts/setup/root";
import { SERVER_FLAGS } from "#scripts/setup/server-flags";
import type { StopStep } from "#scripts/setup/subprocess";
import { ending, stopProcess } from "#scripts/setup/subprocess";

const START_PATIENCE = 120_000;
const POLL_EVERY = 50;
export const SERVER_STOP_STEPS: readonly StopStep[] = [
  ["SIGTERM", 15_000],
  ["SIGKILL", 5_000],
];

export type ServerOptions = {
  port: number;
  host: string;
  databaseUrl: string;
  secret: string;
  /** The address under which people open it: links in messages begin with it. */
  publicUrl: string;
  /** Serve the sources as they change instead of the production build. */
  dev: boolean;
  /** The data folder: its name in the command line tells whose server this is. */
  folder: string;
  /** Undefined: this process's own output. */
  logFile: string | undefined;
  env?: Record<string, string>;
};

export type RunningServer = {
  pid: number;
  /** Resolves with how it ended, whoever ended it. */
  ended: Promise<string>;
  stop: () => Promise<void>;
};

/** Thrown when the server ends, or is not healthy in time, before it serves. */
export class ServerDidNotStart extends Error {}

/** Starts the app's server and waits until it answers GET /api/health on a port that is its own. */
export async function startServer(options: ServerOptions, signal?: AbortSignal): Promise<RunningServer> {
  const { pid, ended, progress } = launch(options);
  if (pid === undefined) throw new ServerDidNotStart(`The server ${await ended}.`);
  const stop = async () => {
    await stopProcess(pid, SERVER_STOP_STEPS);
    await ended;
  };
  const deadline = Date.now() + START_PATIENCE;
  while (!(progress.listening && (await isHealthy(options)))) {
    const fault = whyNotToWait(progress.end, deadline, signal);
    if (fault !== undefined) {
      await stop();
      throw new ServerDidNotStart(`The server ${fault}.${lastLines(options.logFile)}`);
    }
    await delay(POLL_EVERY);
  }
  return { pid, ended, stop };
}

type Progress = { listening: boolean; end: string | undefined };

function launch(options: ServerOptions): {
  pid: number | undefined;
  ended: Promise<string>;
  progress: Progress;
} {
  const log = options.logFile === undefined ? undefined : openSync(options.logFile, "a");
  const output = log ?? "inherit";
  const supervised = pathToFileURL(join(root, "scripts", "setup", "supervised.ts")).href;
  const child = spawn(
    tool("node"),
    [
      ...(options.dev ? [] : SERVER_FLAGS),
      "--import",
      supervised,
      join(root, "server.ts"),
      `--data=${options.folder}`,
    ],
    { cwd: root, env: serverEnvironment(options), stdio: ["ignore", output, output, "ipc"] },
  );
  if (log !== undefined) closeSync(log);
  const progress: Progress = { listening: false, end: undefined };
  child.on("message", (message: unknown) => {
    if (isRecord(message) && message.listening === options.port) progress.listening = true;
  });
  const ended = ending(child);
  void ended.then((how) => (progress.end = how));
  return { pid: child.pid, ended, progress };
}

function whyNotToWait(
  end: string | undefined,
  deadline: number,
  signal: AbortSignal | undefined,
): string | undefined {
  if (end !== undefined) return end;
  if (signal?.aborted) return "was stopped";
  return Date.now() > deadline ? "does not become healthy" : undefined;
}

/** The last lines of a log, to be shown below a failure. */
export function lastLines(logFile: string | undefined, count = 15): string {
  if (logFile === undefined) return "";
  const lines = readFileSync(logFile, "utf8").trimEnd().split("\n").slice(-count);
  return `\nThe last lines of ${logFile}:\n${lines.map((line) => `  ${line}`).join("\n")}`;
}

function serverEnvironment(options: ServerOptions): NodeJS.ProcessEnv {
  return toolEnvironment({
    ...options.env,
    NODE_ENV: options.dev ? "development" : "production",
    PORT: String(options.port),
    HOST: options.host,
    DATABASE_URL: options.databaseUrl,
    TOUCHLINE_SECRET: options.secret,
    TOUCHLINE_URL: options.publicUrl,
  });
}

async function isHealthy({ host, port }: ServerOptions): Promise<boolean> {
  const address = host === "0.0.0.0" ? "127.0.0.1" : host === "::" ? "[::1]" : host;
  try {
    const answer = await fetch(`http://${address}:${port}/api/health`, {
      signal: AbortSignal.timeout(5_000),
    });
    await answer.body?.cancel();
    return answer.ok;
  } catch {
    return false;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
