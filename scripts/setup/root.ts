import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The checkout. */
export const root = fileURLToPath(new URL("../../", import.meta.url)).replace(/\/$/, "");

const bin = join(root, "node_modules", ".bin");

/** The environment in which the project's tools run: on the packaged Node, silent about themselves. */
export function toolEnvironment(more: Record<string, string | undefined> = {}): NodeJS.ProcessEnv {
  const path = [bin, process.env.PATH].filter(Boolean).join(delimiter);
  return { ...process.env, PATH: path, NEXT_TELEMETRY_DISABLED: "1", ...more };
}

/** The command of an installed package. */
export function tool(name: string): string {
  return join(bin, name);
}
