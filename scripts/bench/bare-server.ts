import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { root } from "#scripts/setup/root";
import { stopProcess } from "#scripts/setup/subprocess";

/** Starts the bare server in a process of its own, as Touchline has one. */
export async function startBareServer(
  databaseUrl: string,
): Promise<{ url: string; pid: number; stop: () => Promise<void> }> {
  const child = fork(join(root, "scripts", "bench", "bare.ts"), {
    env: { ...process.env, DATABASE_URL: databaseUrl },
  });
  const [port]: unknown[] = await once(child, "message");
  const { pid } = child;
  if (typeof port !== "number" || pid === undefined) throw new Error("The bare server did not start.");
  return { url: `http://127.0.0.1:${port}/`, pid, stop: () => stopProcess(pid, [["SIGTERM", 5_000]]) };
}
