import { tmpdir } from "node:os";
import { fileURLToPath } from "node:url";
import { defineConfig } from "@playwright/test";
import { chromium } from "#scripts/setup/chromium";

const root = fileURLToPath(new URL("..", import.meta.url));
const browser = chromium();

export default defineConfig({
  testDir: ".",
  outputDir: `${root}/test-results`,
  globalSetup: "./global-setup.ts",
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  workers: 2,
  // Generous, since a machine may be busy: what must be fast is measured where it matters.
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: [["list"]],
  use: {
    baseURL: process.env.E2E_URL,
    locale: "en-US",
    timezoneId: "UTC",
    trace: "retain-on-failure",
    // Requests that a worker makes can't be held up by a test; the tests of the worker itself let it in.
    serviceWorkers: "block",
    launchOptions: {
      executablePath: browser.executablePath,
      // Its home is not the person's, who may not even own the one that HOME names.
      env: { ...definedOnly(process.env), HOME: tmpdir(), ...browser.env },
    },
  },
});

function definedOnly(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
