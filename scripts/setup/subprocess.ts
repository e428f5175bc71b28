import type { ChildProcess } from "node:child_process";
import { setTimeout as delay } from "node:timers/promises";
import { processIdentity } from "#scripts/setup/process-identity.mjs";

/** A signal to send and how long, in milliseconds, to wait for the process to end before the next one is sent. */
export type StopStep = readonly [signal: NodeJS.Signals, patience: number];

/** Resolves, once the process has ended or could not be started, with how: for a sentence to a person. */
export function ending(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once("error", (error) => resolve(`could not be started: ${error.message}`));
    child.once("exit", (code, signal) =>
      resolve(signal ? `was ended by ${signal}` : `ended with exit code ${code}`),
    );
  });
}

/** Ends a process, by harder means each time its patience runs out, and waits until it is gone. */
export async function stopProcess(pid: number, steps: readonly StopStep[]): Promise<void> {
  const identity = processIdentity(pid);
  const isGone = () => identity === undefined || processIdentity(pid) !== identity;
  for (const [signal, patience] of steps) {
    if (isGone()) return;
    try {
      process.kill(pid, signal);
    } catch (error) {
      if (error instanceof Error && "code" in error && error.code === "ESRCH") return;
      throw error;
    }
    for (const deadline = Date.now() + patience; Date.now() < deadline && !isGone();) await delay(20);
  }
  if (!isGone()) throw new Error(`Process ${pid} does not end.`);
}
