import { onNpmGone } from "#scripts/setup/npm-watch.mjs";

/**
 * Aborts when this process is asked to stop, or when the npm that started it is gone: whoever kills that wants this to
 * end as well, and npm cannot pass a SIGKILL on. Further signals are ignored: stopping is under way.
 */
export function stopSignal(): AbortSignal {
  const controller = new AbortController();
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(name, () => controller.abort(name));
  // A terminal that was closed must not turn stopping into a crash.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined);
  onNpmGone(() => controller.abort("npm is gone"));
  return controller.signal;
}

/** Resolves when `signal` aborts. */
export function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
