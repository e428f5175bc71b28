/** What to do about a pid file that is found before the program it names is started. */
export type Recovery =
  | { kind: "none" }
  | { kind: "remove-file"; because: "no such process" | "the process is another one" }
  | { kind: "stop-orphan"; pid: number };

/** The pid on the first line of a postmaster.pid; undefined when the file is torn or not one. */
export function parsePidFile(text: string): { pid: number } | undefined {
  const pid = Number(text.split("\n")[0]);
  return Number.isSafeInteger(pid) && pid > 0 ? { pid } : undefined;
}

/**
 * Decides from a pid file and the command line that its pid has now (undefined: no such process) whether the program
 * outlived a killed parent. Pids are used again, so the command decides, never the pid alone.
 */
export function decideRecovery(
  pidFile: { pid: number } | undefined,
  command: string | undefined,
  isOurs: (command: string) => boolean,
): Recovery {
  if (pidFile === undefined) return { kind: "none" };
  if (command === undefined) return { kind: "remove-file", because: "no such process" };
  if (isOurs(command)) return { kind: "stop-orphan", pid: pidFile.pid };
  return { kind: "remove-file", because: "the process is another one" };
}

/** Recognises the command line of the PostgreSQL that runs on the data directory `data`. */
export function isPostgresOn(data: string): (command: string) => boolean {
  return (command) => /\/postgres -D /.test(command) && `${command} `.includes(` -D ${data} `);
}

/** Recognises the command line of the app's server that was started for the data folder `folder`. */
export function isServerOf(folder: string): (command: string) => boolean {
  return (command) => command.includes("server.ts ") && `${command} `.includes(` --data=${folder} `);
}
