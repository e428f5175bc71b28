// No imports but Node's own: install.mjs runs before any dependency exists.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { platform } from "node:os";

/**
 * Names one process for good: a pid alone is used again after a reboot, and in a container nearly always.
 * Undefined when no such process runs.
 * @param {number} pid
 * @returns {string | undefined}
 */
export function processIdentity(pid) {
  if (!isRunning(pid)) return undefined;
  if (platform() !== "linux") return ps(pid, "lstart=");
  try {
    const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
    const { state, started } = processStat(pid);
    return state === "Z" ? undefined : `${boot} ${started}`;
  } catch {
    return undefined;
  }
}

/**
 * The pid of a process's parent, or undefined when no such process runs.
 * @param {number} pid
 * @returns {number | undefined}
 */
export function parentOf(pid) {
  try {
    return Number(platform() === "linux" ? processStat(pid).parent : ps(pid, "ppid="));
  } catch {
    return undefined;
  }
}

/**
 * Of the fields in /proc/<pid>/stat, the third, fourth and twenty-second. They are counted from behind the second: the
 * command, in parentheses, which may hold spaces.
 * @param {number} pid
 */
function processStat(pid) {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return { state: fields[0], parent: fields[1], started: fields[19] };
}

/**
 * The command line a process was started with, or undefined when no such process runs.
 * @param {number} pid
 * @returns {string | undefined}
 */
export function processCommand(pid) {
  if (processIdentity(pid) === undefined) return undefined;
  if (platform() !== "linux") return ps(pid, "command=");
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ").trim();
  } catch {
    return undefined;
  }
}

/** @param {number} pid */
function isRunning(pid) {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}

/**
 * @param {number} pid
 * @param {string} column
 */
function ps(pid, column) {
  const answer = spawnSync("ps", ["-o", column, "-p", String(pid)], { encoding: "utf8" });
  return answer.status === 0 ? answer.stdout.trim() : undefined;
}
