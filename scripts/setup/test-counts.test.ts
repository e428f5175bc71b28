import { describe, expect, it } from "vitest";
import { addCounts, countRun, readCounts, summaryLine } from "#scripts/setup/test-counts";

describe("readCounts", () => {
  it("reads vitest's report", () => {
    expect(
      readCounts({ numTotalTests: 9, numPassedTests: 6, numFailedTests: 2, numPendingTests: 1 }),
    ).toEqual({ passed: 6, failed: 2 });
  });

  it("reads Playwright's report; a flaky test is a failed one", () => {
    const stats = { startTime: "", duration: 1, expected: 5, unexpected: 1, flaky: 1, skipped: 2 };
    expect(readCounts({ config: {}, suites: [], errors: [], stats })).toEqual({ passed: 5, failed: 2 });
  });

  it("knows no other", () => {
    expect(readCounts({ tests: 3 })).toBeUndefined();
  });
});

describe("countRun", () => {
  it("counts a run without a report as one check", () => {
    expect(countRun(true)).toEqual({ passed: 1, failed: 0 });
    expect(countRun(false)).toEqual({ passed: 0, failed: 1 });
  });

  it("counts each test of a report", () => {
    expect(countRun(true, { passed: 7, failed: 0 })).toEqual({ passed: 7, failed: 0 });
    expect(countRun(false, { passed: 7, failed: 2 })).toEqual({ passed: 7, failed: 2 });
  });

  it("counts a crash after green tests as failed", () => {
    expect(countRun(false, { passed: 7, failed: 0 })).toEqual({ passed: 7, failed: 1 });
  });

  it("counts a run that found no tests as failed", () => {
    expect(countRun(true, { passed: 0, failed: 0 })).toEqual({ passed: 0, failed: 1 });
  });
});

describe("summaryLine", () => {
  it("is the sum in the words that machines look for", () => {
    expect(
      summaryLine(
        addCounts([
          { passed: 4, failed: 0 },
          { passed: 38, failed: 2 },
        ]),
      ),
    ).toBe("42 passed, 2 failed");
    expect(summaryLine(addCounts([]))).toBe("0 passed, 0 failed");
  });
});
