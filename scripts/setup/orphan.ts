/** What PostgreSQL wrote about itself into postmaster.pid. */
export interface PidFile {
  pid: number;
  dataFolder: string;
}

/** What to do about a pid file that is found before PostgreSQL is started. */
export type Recovery =
  | { kind: "none" }
  | { kind: "remove-file"; because: "no such process" | "the process is another one" }
  | { kind: "stop-orphan"; pid: number };

/** The pid and data folder of a postmaster.pid; undefined when it is torn or not one. */
export function parsePidFile(text: string): PidFile | undefined {
  const [pid, dataFolder] = text.split("\n");
  const number = Number(pid);
  return Number.isSafeInteger(number) && number > 0 && dataFolder ? { pid: number, dataFolder } : undefined;
}

/**
 * Decides from the pid file and the command line that its pid has now (undefined: no such process) whether a
 * PostgreSQL left over from a killed parent still runs on `dataFolder`. Pids are used again, so the command decides.
 */
export function decideRecovery(
  pidFile: PidFile | undefined,
  command: string | undefined,
  dataFolder: string,
): Recovery {
  if (pidFile === undefined) return { kind: "none" };
  if (command === undefined) return { kind: "remove-file", because: "no such process" };
  const isOurs = /\bpostgres\b/.test(command) && command.includes(dataFolder);
  return isOurs
    ? { kind: "stop-orphan", pid: pidFile.pid }
    : { kind: "remove-file", because: "the process is another one" };
}
