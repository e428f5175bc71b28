import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { neutralEnvironment } from "#scripts/setup/neutral-environment";
import { beginStep } from "#scripts/setup/progress";
import type { ToolRun } from "#scripts/setup/run-tool";
import { runTool } from "#scripts/setup/run-tool";
import type { Counts } from "#scripts/setup/test-counts";
import { addCounts, countRun, readCounts, summaryLine } from "#scripts/setup/test-counts";

const LIMIT = 720_000;

export type CheckContext = {
  signal: AbortSignal;
  env: Record<string, string | undefined>;
  /** A folder for the reports of test runners. */
  reports: string;
};

/** What a check counts for, and what to show when it failed. */
export type CheckResult = { counts: Counts; output: string };

export type Check = { title: string; run: (context: CheckContext) => Promise<CheckResult> };

type Command = readonly [name: string, ...args: string[]];

/** A check that is the run of some tools, one after the other until one fails; it counts as one. */
export function toolCheck(title: string, ...commands: readonly Command[]): Check {
  return {
    title,
    run: async (context) => {
      let last: ToolRun = { ok: true, output: "" };
      for (const command of commands) if (last.ok) last = await runCommand(command, context);
      return { counts: countRun(last.ok), output: last.output };
    },
  };
}

/** A run of vitest or Playwright, made to write its JSON report to a file: each of its tests counts. */
export function testCheck(
  title: string,
  reportingTo: (report: string) => { command: Command; env?: Record<string, string> },
): Check {
  return {
    title,
    run: async (context) => {
      const report = join(context.reports, `${title.replaceAll(" ", "-")}.json`);
      const { command, env } = reportingTo(report);
      const { ok, output } = await runCommand(command, { ...context, env: { ...context.env, ...env } });
      const reported = existsSync(report) ? readCounts(JSON.parse(readFileSync(report, "utf8"))) : undefined;
      return { counts: countRun(ok, reported ?? { passed: 0, failed: 0 }), output };
    },
  };
}

/** A check that is work of our own; it counts as one, failed when it throws. */
export function workCheck(title: string, work: (signal: AbortSignal) => Promise<unknown>): Check {
  return {
    title,
    run: async ({ signal }) => {
      try {
        await work(signal);
        return { counts: countRun(true), output: "" };
      } catch (error) {
        return { counts: countRun(false), output: error instanceof Error ? error.message : String(error) };
      }
    },
  };
}

function runCommand([name, ...args]: Command, { signal, env }: CheckContext): Promise<ToolRun> {
  return runTool(name, args, { env: { ...neutralEnvironment(), ...env }, limit: LIMIT, signal });
}

/** Runs all checks, one after the other, as steps, shows what the failed ones said, and answers the sum. */
export async function runChecks(
  checks: readonly Check[],
  { signal, env = {} }: { signal: AbortSignal; env?: CheckContext["env"] },
): Promise<Counts> {
  const reports = mkdtempSync(join(tmpdir(), "touchline-reports-"));
  const counts: Counts[] = [];
  try {
    for (const check of checks) {
      const running = beginStep(check.title);
      const result = signal.aborted
        ? { counts: countRun(false), output: "It was not run: the run was stopped." }
        : await check.run({ signal, env, reports });
      counts.push(result.counts);
      const { passed, failed } = result.counts;
      if (failed === 0) running.done(passed > 1 ? `${passed} passed` : undefined);
      else running.fail(`\n${result.output.trim()}\n`);
    }
  } finally {
    rmSync(reports, { recursive: true, force: true });
  }
  return addCounts(counts);
}

/** Prints the summary as the last line and answers the exit code. */
export function conclude(counts: Counts): number {
  console.log(`\n${summaryLine(counts)}`);
  return counts.failed > 0 ? 1 : 0;
}
