import { z } from "zod";

export type Counts = { passed: number; failed: number };

const count = z.number().int();
const vitestReport = z
  .object({ numPassedTests: count, numFailedTests: count })
  .transform((report): Counts => ({ passed: report.numPassedTests, failed: report.numFailedTests }));
const playwrightReport = z
  .object({ stats: z.object({ expected: count, unexpected: count, flaky: count }) })
  .transform(({ stats }): Counts => ({ passed: stats.expected, failed: stats.unexpected + stats.flaky }));
const report = z.union([vitestReport, playwrightReport]);

/** The counts in the JSON report of either test runner; undefined when it is neither. */
export function readCounts(json: unknown): Counts | undefined {
  return report.safeParse(json).data;
}

/**
 * What a run counts for. Without a report it is one check. With one, a run that failed without a failed test (it
 * crashed, a file could not be loaded, an error was left unhandled) or that ran no test counts as one failed.
 */
export function countRun(ok: boolean, reported?: Counts): Counts {
  if (reported === undefined) return ok ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
  const ranNone = reported.passed + reported.failed === 0;
  return reported.failed === 0 && (!ok || ranNone) ? { ...reported, failed: 1 } : reported;
}

export function addCounts(all: readonly Counts[]): Counts {
  const sum = (of: (counts: Counts) => number) => all.reduce((total, counts) => total + of(counts), 0);
  return { passed: sum(({ passed }) => passed), failed: sum(({ failed }) => failed) };
}

/** The last line of a test run. */
export function summaryLine({ passed, failed }: Counts): string {
  return `${passed} passed, ${failed} failed`;
}
