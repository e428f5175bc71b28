import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { tryLock } from "#scripts/setup/lock.mjs";

const MODULE = pathToFileURL(join(import.meta.dirname, "lock.mjs")).href;
let folder: string;
let lock: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "touchline-lock-"));
  lock = join(folder, "lock");
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A process that takes the lock and keeps it until its input ends. */
async function holder() {
  const code = `import { tryLock } from ${JSON.stringify(MODULE)}; tryLock(process.argv[1]); console.log("held"); process.stdin.resume();`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", code, lock], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  await once(child.stdout, "data");
  return child;
}

describe("tryLock", () => {
  it("is held by one at a time and free again when released", async () => {
    const other = await holder();
    expect(tryLock(lock)).toEqual({ holder: other.pid });
    other.stdin.end();
    await once(other, "exit");
    const { release } = tryLock(lock);
    expect(release).toBeTypeOf("function");
    release?.();
    expect(readdirSync(folder)).toEqual([]);
  });

  it("is taken over from a holder that was killed", async () => {
    const other = await holder();
    other.kill("SIGKILL");
    await once(other, "exit");
    expect(tryLock(lock).release).toBeTypeOf("function");
  });

  it("is taken over when another process has the holder's pid now", () => {
    writeFileSync(lock, JSON.stringify({ pid: process.ppid, identity: "another boot, another start" }));
    expect(tryLock(lock).release).toBeTypeOf("function");
  });

  it.each(["", "{", "[]"])("is taken over when it is torn: %j", (text) => {
    writeFileSync(lock, text);
    expect(tryLock(lock).release).toBeTypeOf("function");
  });

  it("is won by exactly one of many who find it stale", async () => {
    const dead = spawnSync(process.execPath, ["-e", ""]);
    writeFileSync(lock, JSON.stringify({ pid: dead.pid, identity: "gone" }));
    const code = `import { tryLock } from ${JSON.stringify(MODULE)};
      process.stdout.write(tryLock(process.argv[1]).release ? "1" : "0"); process.stdin.resume();`;
    const racers = Array.from({ length: 6 }, () =>
      spawn(process.execPath, ["--input-type=module", "-e", code, lock], {
        stdio: ["pipe", "pipe", "inherit"],
      }),
    );
    const outcomes = await Promise.all(
      racers.map(async ({ stdout }) => String((await once(stdout, "data"))[0])),
    );
    for (const { stdin } of racers) stdin.end();
    await Promise.all(racers.map((racer) => once(racer, "exit")));
    expect(outcomes.toSorted()).toEqual(["0", "0", "0", "0", "0", "1"]);
  });
});
