// No imports but Node's own: install.mjs runs before any dependency exists.
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { processIdentity } from "./process-identity.mjs";

/**
 * Takes a lock that dies with its holder: a lock whose process is gone is taken over.
 * @param {string} path
 * @returns {{ release: () => void, holder?: undefined } | { holder: number, release?: undefined }}
 */
export function tryLock(path) {
  mkdirSync(dirname(path), { recursive: true });
  const identity = processIdentity(process.pid) ?? "";
  const mine = `${path}.${process.pid}`;
  // Linking a finished file is atomic: nobody ever reads a lock without its holder.
  writeFileSync(mine, JSON.stringify({ pid: process.pid, identity }), { mode: 0o644 });
  try {
    for (;;) {
      if (linked(mine, path)) return { release: () => rmSync(path, { force: true }) };
      const found = readHolder(path);
      if (found === undefined) continue;
      if (processIdentity(found.pid) === found.identity) return { holder: found.pid };
      removeStale(path, found);
    }
  } finally {
    rmSync(mine, { force: true });
  }
}

/**
 * Takes the lock at `path`, waiting for whoever holds it; `onWait` is told once who that is.
 * @param {string} path
 * @param {(holder: number) => void} onWait
 * @returns {Promise<() => void>} releases the lock
 */
export async function waitForLock(path, onWait) {
  for (let told = false; ; told = true) {
    const { release, holder } = tryLock(path);
    if (release) return release;
    if (!told) onWait(holder);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

/**
 * @param {string} from
 * @param {string} to
 */
function linked(from, to) {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if (error.code === "EEXIST") return false;
    throw error;
  }
}

/**
 * @param {string} path
 * @returns {{ text: string, pid: number, identity: string } | undefined} undefined when the lock was released meanwhile
 */
function readHolder(path) {
  let text;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    if (error.code === "ENOENT") return undefined;
    throw error;
  }
  try {
    const { pid, identity } = JSON.parse(text);
    return { text, pid: Number(pid), identity: String(identity) };
  } catch {
    return { text, pid: 0, identity: "unreadable" };
  }
}

/**
 * Another process may have taken the stale lock over first; then what was moved aside is its lock, and goes back.
 * @param {string} path
 * @param {{ text: string }} stale
 */
function removeStale(path, stale) {
  const aside = `${path}.stale.${process.pid}`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if (error.code === "ENOENT") return;
    throw error;
  }
  if (readHolder(aside)?.text !== stale.text) linked(aside, path);
  rmSync(aside, { force: true });
}
