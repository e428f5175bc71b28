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
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The command, in parentheses, may hold spaces: count the fields after it. Field 3 is the state, 22 the start.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return fields[0] === "Z" ? undefined : `${boot} ${fields[19]}`;
  } catch {
    return undefined;
  }
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
