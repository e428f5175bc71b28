import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import type { BrowserContext } from "@playwright/test";

/** What must not happen while a test runs, unless the test says that it will. */
export type Quiet = {
  watch: (context: BrowserContext) => void;
  /** Declares console messages, page errors or server log lines that belong to the test. */
  expect: (pattern: RegExp) => void;
  /** What happened all the same. */
  complaints: () => string[];
};

export function listenForTrouble(): Quiet {
  const log = process.env.E2E_SERVER_LOG;
  const from = log === undefined ? 0 : sizeOf(log);
  const seen: string[] = [];
  const expected: RegExp[] = [];
  return {
    watch(context) {
      context.on("console", (message) => {
        if (message.type() !== "error") return;
        seen.push(`console: ${message.text()} (${message.location().url})`);
      });
      context.on("weberror", (error) => seen.push(`page error: ${String(error.error())}`));
    },
    expect: (pattern) => expected.push(pattern),
    complaints() {
      const logged = log === undefined ? [] : errorLines(log, from);
      return [...seen, ...logged].filter((line) => !expected.some((pattern) => pattern.test(line)));
    },
  };
}

function sizeOf(file: string): number {
  const handle = openSync(file, "r");
  try {
    return fstatSync(handle).size;
  } finally {
    closeSync(handle);
  }
}

/** Lines of level error or worse, and those that are no JSON and tell of an error: the framework writes its own. */
function errorLines(file: string, from: number): string[] {
  const bytes = Buffer.alloc(Math.max(0, sizeOf(file) - from));
  const handle = openSync(file, "r");
  try {
    readSync(handle, bytes, 0, bytes.length, from);
  } finally {
    closeSync(handle);
  }
  return bytes
    .toString("utf8")
    .split("\n")
    .filter((line) =>
      line.startsWith("{") ? /^\{"level":"(error|fatal)"/.test(line) : /⨯|\bError\b/.test(line),
    )
    .map((line) => `server: ${line.slice(0, 1000)}`);
}
