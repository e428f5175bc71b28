// Runs on whatever Node >= 20.9 the machine has, before any dependency exists: no imports but Node's own.
import { spawn, spawnSync } from "node:child_process";
import { accessSync, constants, mkdirSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { waitForLock } from "./lock.mjs";
import { onNpmGone } from "./npm-watch.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const packagedNode = join(root, "node_modules", "node", "bin", "node");

/**
 * Installs what package-lock.json asks for if it is not there yet, then runs `scripts/commands/<name>.ts` on the
 * packaged Node. Never returns an error: it reports it and exits non-zero.
 */
export async function runCommand(name) {
  requireMinimumNode();
  try {
    await installIfNeeded();
  } catch (error) {
    console.error(`\n${error instanceof Error ? error.message : String(error)}`);
    process.exit(1);
  }
  const command = join(root, "scripts", "commands", `${name}.ts`);
  if (process.versions.node === packagedNodeVersion()) {
    await import(pathToFileURL(command).href);
    return;
  }
  continueOnPackagedNode(command);
}

/** The packages of a lock file that are not what the hidden lock file of node_modules says is installed. */
export function missingPackages(wanted, installed) {
  return Object.entries(wanted.packages ?? {})
    .filter(
      ([path, entry]) => path !== "" && !entry.link && entry.version !== installed.packages?.[path]?.version,
    )
    .filter(([path, entry]) => !(isOptional(entry) && installed.packages?.[path] === undefined))
    .map(([path]) => path);
}

/** Packages for other platforms are in the lock file, yet never installed. */
function isOptional(entry) {
  return entry.optional === true || entry.devOptional === true || entry.peer === true;
}

function requireMinimumNode() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major > 20 || (major === 20 && minor >= 9)) return;
  console.error(`Touchline needs Node 20.9 or later to set itself up; this is ${process.versions.node}.`);
  process.exit(1);
}

function readJson(path) {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return undefined;
  }
}

function packagedNodeVersion() {
  return readJson(join(root, "node_modules", "node", "package.json"))?.version;
}

function isInstalled() {
  const wanted = readJson(join(root, "package-lock.json"));
  const installed = readJson(join(root, "node_modules", ".package-lock.json"));
  if (wanted === undefined || installed === undefined || missingPackages(wanted, installed).length > 0)
    return false;
  return spawnSync(packagedNode, ["--version"], { encoding: "utf8" }).status === 0;
}

async function installIfNeeded() {
  if (isInstalled()) return;
  const lock = join(root, ".touchline", "install.lock");
  // Two commands started at once on a fresh checkout must not install over each other.
  const release = await waitForLock(lock, (pid) =>
    console.log(`Waiting for process ${pid}, which is installing here`),
  );
  try {
    if (isInstalled()) return;
    const started = Date.now();
    console.log(
      "Installing the packages of package-lock.json (about a minute; Node, PostgreSQL and Chromium are among them)",
    );
    await npmInstall();
    if (!isInstalled())
      throw new Error("npm finished, but node_modules is still not what package-lock.json asks for.");
    console.log(`Installed in ${Math.round((Date.now() - started) / 1000)} s`);
  } finally {
    release();
  }
}

function npmInstall() {
  // Not `npm ci`: it refuses a lock file that lacks an optional package of another platform, which npm leaves out of the
  // lock file where a registry does not have it. What the lock file names is installed as it says all the same.
  const flags = [
    "--no-save",
    "--include=dev",
    "--ignore-scripts=false",
    "--no-audit",
    "--no-fund",
    "--loglevel=error",
  ];
  const args = ["install", ...flags, ...npmCacheArguments()];
  // The packaged Node is about to be replaced, so npm must not be run by it.
  const path = (process.env.PATH ?? "")
    .split(delimiter)
    .filter((entry) => !entry.startsWith(join(root, "node_modules")))
    .join(delimiter);
  return new Promise((resolve, reject) => {
    const npm = spawn("npm", args, {
      cwd: root,
      stdio: ["ignore", "inherit", "inherit"],
      env: { ...process.env, PATH: path },
    });
    npm.on("error", (error) => reject(new Error(`npm could not be started: ${error.message}`)));
    npm.on("exit", (code, signal) =>
      code === 0
        ? resolve()
        : reject(new Error(`npm install failed (${signal ?? `exit code ${code}`}); its message is above.`)),
    );
  });
}

/** A user whose home belongs to another (`runuser`, some containers) cannot use npm's default cache. */
function npmCacheArguments() {
  const cache = process.env.npm_config_cache ?? join(homedir(), ".npm");
  const written = ["_cacache", "_logs"].map((folder) => join(cache, folder));
  const usable = [cache, ...written].every((folder) => {
    try {
      mkdirSync(folder, { recursive: true });
      accessSync(folder, constants.W_OK);
      return true;
    } catch {
      return false;
    }
  });
  return usable ? [] : [`--cache=${join(root, ".touchline", "npm-cache")}`];
}

function continueOnPackagedNode(command) {
  const child = spawn(packagedNode, [...process.execArgv, command, ...process.argv.slice(2)], {
    stdio: "inherit",
  });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  onNpmGone(() => child.kill("SIGTERM"));
  child.on("error", (error) => {
    console.error(`The packaged Node could not be started: ${error.message}`);
    process.exit(1);
  });
  child.on("exit", (code, signal) => process.exit(code ?? (signal === "SIGINT" ? 130 : 143)));
}
