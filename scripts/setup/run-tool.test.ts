import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { root, tool } from "#scripts/setup/root";

/** A program that starts another, writes both of their ids to `file`, and runs on. */
const program = (file: string) => `
  const { pid } = require("node:child_process").spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
  require("node:fs").writeFileSync(${JSON.stringify(file)}, JSON.stringify([process.pid, pid]));
  setInterval(() => {}, 1000);`;

const starter = (file: string) => `
  import { runTool } from "#scripts/setup/run-tool";
  await runTool("node", ["-e", ${JSON.stringify(program(file))}], { endsWithParent: true });`;

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

test("a tool and what it started end when who started it is killed", { timeout: 60_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), "touchline-run-tool-"));
  const file = join(folder, "pids.json");
  const child = spawn(tool("node"), ["--input-type=module", "-e", starter(file)], { cwd: root });
  try {
    const wait = { timeout: 25_000, interval: 20 };
    const pids = await vi.waitFor(() => {
      expect(existsSync(file)).toBe(true);
      return JSON.parse(readFileSync(file, "utf8")) as number[];
    }, wait);
    expect(pids.map(isAlive)).toEqual([true, true]);
    child.kill("SIGKILL");
    await vi.waitFor(() => expect(pids.map(isAlive)).toEqual([false, false]), wait);
  } finally {
    child.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  }
});
