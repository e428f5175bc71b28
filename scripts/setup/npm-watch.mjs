// No imports but Node's own: install.mjs runs before any dependency exists.
import { parentOf, processCommand } from "./process-identity.mjs";

const LOOK_EVERY = 300;

/**
 * Calls `then` once when the npm that this process was started by is gone. npm cannot pass a SIGKILL on, and the shell
 * that npm runs scripts with passes no signal on at all.
 * @param {() => void} then
 */
export function onNpmGone(then) {
  if (process.env.npm_lifecycle_event === undefined) return;
  const shell = /(^|\/)(ba|da|z|a)?sh -c /.test(processCommand(process.ppid) ?? "")
    ? process.ppid
    : undefined;
  const ancestors = () => `${process.ppid} ${shell === undefined ? "" : parentOf(shell)}`;
  const before = ancestors();
  const timer = setInterval(() => {
    if (ancestors() === before) return;
    clearInterval(timer);
    then();
  }, LOOK_EVERY);
  timer.unref();
}
