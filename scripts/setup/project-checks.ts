import { buildIfStale, isBuilt } from "#scripts/setup/build";
import type { Check } from "#scripts/setup/checks";
import { testCheck, toolCheck, workCheck } from "#scripts/setup/checks";
import { countRun } from "#scripts/setup/test-counts";

const vitest = (title: string, project: string): Check =>
  testCheck(title, (report) => ({
    command: [
      "vitest",
      "run",
      "--config=lib/testing/vitest.config.ts",
      `--project=${project}`,
      "--reporter=default",
      "--reporter=json",
      `--outputFile.json=${report}`,
    ],
  }));

// The journeys that decide whether the product works at all; `npm run test:e2e` walks every page besides.
const JOURNEYS = ["smoke", "journey", "acknowledge"];

const browserTests = testCheck("Browser tests", (report) => ({
  command: ["playwright", "test", "--config=e2e/playwright.config.ts", "--reporter=list,json", ...JOURNEYS],
  env: { PLAYWRIGHT_JSON_OUTPUT_FILE: report },
}));

/** What needs no database and takes seconds. */
export const QUICK_CHECKS: readonly Check[] = [
  toolCheck("Format", ["oxfmt", "--check", "."]),
  toolCheck("Lint", ["oxlint", "--type-aware"]),
  toolCheck("Types", ["next", "typegen"], ["tsc", "--noEmit"]),
  toolCheck("Unused code", ["knip"]),
  vitest("Unit tests", "unit"),
];

/** What needs a database, a build or a browser. */
export const FULL_CHECKS: readonly Check[] = [
  vitest("Database tests", "db"),
  workCheck("Production build", buildIfStale),
  onBuild(toolCheck("Crash test", ["node", "scripts/crash-test.mjs", "--kills=3", "--events=200"])),
  onBuild(toolCheck("Part of a night", ["node", "scripts/acceptance.mjs", "short-night"])),
  onBuild(browserTests),
];

/** The same check for where there is a production build; without one it fails at once. */
function onBuild(check: Check): Check {
  const notRun = { counts: countRun(false), output: "It was not run: the production build failed." };
  return {
    title: check.title,
    run: (context) => (isBuilt() ? check.run(context) : Promise.resolve(notRun)),
  };
}
