import { spawn } from "node:child_process";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { toolEnvironment, root, tool } from "#scripts/setup/root";
import { ending } from "#scripts/setup/subprocess";

// Milliseconds between asking a tool to end and ending it.
const PATIENCE = 5_000;

const END_WITH_PARENT = pathToFileURL(join(root, "scripts", "setup", "end-with-parent.mjs")).href;

export interface ToolRun {
  ok: boolean;
  /** What it wrote to both of its outputs. */
  output: string;
}

export interface ToolOptions {
  env?: Record<string, string | undefined>;
  /** Milliseconds after which it is ended. */
  limit?: number;
  /** Ends it early. */
  signal?: AbortSignal;
  /** A program of Node that must not go on when this process is killed. */
  endsWithParent?: boolean;
}

/** Runs a command of an installed package in the checkout to its end. Never throws: a failure is told in `output`. */
export async function runTool(
  name: string,
  args: readonly string[],
  options: ToolOptions = {},
): Promise<ToolRun> {
  const tie = {
    NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ""} --import ${END_WITH_PARENT}`,
    TOUCHLINE_STARTER: String(process.pid),
  };
  const child = spawn(tool(name), args, {
    cwd: root,
    env: toolEnvironment({
      ...options.env,
      ...(options.endsWithParent === true ? tie : {}),
    }),
    stdio: ["ignore", "pipe", "pipe"],
    // Its own group, so that what it starts in turn ends with it.
    detached: true,
  });
  const chunks: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => chunks.push(chunk));
  const end = () => {
    signalGroup(child.pid, "SIGTERM");
    setTimeout(() => signalGroup(child.pid, "SIGKILL"), PATIENCE).unref();
  };
  const timer = options.limit === undefined ? undefined : setTimeout(end, options.limit);
  options.signal?.addEventListener("abort", end, { once: true });
  const how = await ending(child);
  clearTimeout(timer);
  options.signal?.removeEventListener("abort", end);
  signalGroup(child.pid, "SIGKILL");
  const ok = how === "ended with exit code 0";
  return { ok, output: Buffer.concat(chunks).toString("utf8") + (ok ? "" : `\n${name} ${how}`) };
}

/** Whatever of the group is left; there may be nothing. */
function signalGroup(leader: number | undefined, signal: NodeJS.Signals): void {
  if (leader === undefined) return;
  try {
    process.kill(-leader, signal);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
  }
}
