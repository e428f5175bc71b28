import { readdirSync, readFileSync } from "node:fs";

export type Memory = { appMb: number; databaseMb: number };

/**
 * Memory of the app's process and of PostgreSQL with all its backends, in MB. Pages that processes share are counted once (proportional
 * set size); NaN where the machine doesn't tell (Linux does).
 */
export function memoryNow(appPid: number, postgresPid: number): Memory {
  const backends = [postgresPid, ...childrenOf(postgresPid)];
  return {
    appMb: proportionalMb(appPid),
    databaseMb: backends.reduce((sum, pid) => sum + (proportionalMb(pid) || 0), 0) || Number.NaN,
  };
}

function childrenOf(pid: number): number[] {
  try {
    return readdirSync("/proc")
      .filter((name) => /^\d+$/.test(name))
      .map(Number)
      .filter((child) => parentOf(child) === pid);
  } catch {
    return [];
  }
}

function parentOf(pid: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
  } catch {
    return Number.NaN;
  }
}

function proportionalMb(pid: number): number {
  try {
    const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, "utf8");
    return Number(/^Pss:\s+(\d+) kB/m.exec(rollup)?.[1]) / 1024;
  } catch {
    return Number.NaN;
  }
}
