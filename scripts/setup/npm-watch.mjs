// No imports but Node's own: install.mjs runs before any dependency exists.
const LOOK_EVERY = 300;

/**
 * Calls `then` once when the npm that started this process is gone: whoever kills npm wants this to end as well, and npm
 * cannot pass a SIGKILL on. (Other signals npm passes on, since package.json has the script replace npm's shell.)
 * @param {() => void} then
 */
export function onNpmGone(then) {
  if (process.env.npm_lifecycle_event === undefined) return;
  const npm = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === npm) return;
    clearInterval(timer);
    then();
  }, LOOK_EVERY);
  timer.unref();
}
