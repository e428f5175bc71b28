import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { waitForLock } from "#scripts/setup/lock.mjs";
import { root } from "#scripts/setup/root";
import type { ToolRun } from "#scripts/setup/run-tool";
import { runTool } from "#scripts/setup/run-tool";
import { sourceHash } from "#scripts/setup/source-hash";

export type BuildResult = "built" | "up to date";

const BUILD_LIMIT = 600_000;
// `next build` empties its folder first, so a build that failed or was interrupted leaves no stamp behind.
const STAMP = join(root, ".next", "source-hash");

// The last that a build writes.
const BUILD_ID = join(root, ".next", "BUILD_ID");

/** Whether a build exists that was made from the sources as they are now. */
export function isBuilt(): boolean {
  const isComplete = existsSync(BUILD_ID) && existsSync(STAMP);
  return isComplete && readFileSync(STAMP, "utf8") === sourceHash(root);
}

/** Makes the production build unless it is up to date. Throws with the end of the tool's output when it fails. */
export async function buildIfStale(signal?: AbortSignal): Promise<BuildResult> {
  if (isBuilt()) return "up to date";
  const release = await waitForLock(join(root, ".touchline", "build.lock"), (pid) =>
    console.log(`  … waiting for process ${pid}, which is building this checkout`),
  );
  try {
    if (isBuilt()) return "up to date";
    const hash = sourceHash(root);
    const run = await runTool("next", ["build"], {
      env: { NODE_ENV: "production" },
      limit: BUILD_LIMIT,
      endsWithParent: true,
      ...(signal && { signal }),
    });
    if (!run.ok || !existsSync(BUILD_ID)) throw buildFailure(run);
    writeFileSync(STAMP, hash);
    return "built";
  } finally {
    release();
  }
}

function buildFailure(run: ToolRun): Error {
  return new Error(`The production build failed:\n${run.output.trimEnd().split("\n").slice(-40).join("\n")}`);
}
