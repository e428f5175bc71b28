import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

// What a production build is made from. Documents, scripts and tests are not.
const BUILD_INPUTS = [
  "app",
  "components",
  "db",
  "lib",
  "public",
  "instrumentation.ts",
  "instrumentation-client.ts",
  "proxy.ts",
  "next.config.ts",
  "package-lock.json",
  "package.json",
  "server.ts",
  "tsconfig.json",
];

/** Whether a file below the build inputs can change the build. */
export function isBuildInput(path: string): boolean {
  return !/(^|\/)\.|\.(test|db\.test)\.tsx?$|\.(md|log)$/.test(path) && !path.startsWith("lib/testing/");
}

/** A hash of the names and contents of `files`, independent of their order. */
export function hashFiles(files: ReadonlyMap<string, Buffer>): string {
  const hash = createHash("sha256");
  for (const path of [...files.keys()].toSorted()) {
    const content = files.get(path);
    if (content === undefined) continue;
    hash.update(`${path}\0${content.length}\0`).update(content);
  }
  return hash.digest("hex");
}

/** The hash of everything that `next build` reads below `root`, and of how it is run. */
export function sourceHash(root: string): string {
  const files = new Map<string, Buffer>([["node", Buffer.from(process.version)]]);
  for (const input of BUILD_INPUTS) collect(root, input, files);
  return hashFiles(files);
}

function collect(root: string, path: string, into: Map<string, Buffer>): void {
  const absolute = join(root, path);
  const stat = statSync(absolute, { throwIfNoEntry: false });
  if (stat?.isDirectory()) for (const entry of readdirSync(absolute)) collect(root, `${path}/${entry}`, into);
  else if (stat?.isFile() && isBuildInput(path)) into.set(path, readFileSync(absolute));
}
