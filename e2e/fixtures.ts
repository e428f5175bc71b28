import { readFileSync } from "node:fs";
import { test as base } from "@playwright/test";
import type { Ready } from "#scripts/setup/credentials";
import { readySchema } from "#scripts/setup/credentials";

/** Playwright's test with `app`: the address, sign-ins and keys of the server under test. */
export const test = base.extend<object, { app: Ready }>({
  app: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads from it which other fixtures are needed: none.
    async ({}, use) => use(readySchema.parse(JSON.parse(readFileSync(process.env.E2E_READY ?? "", "utf8")))),
    { scope: "worker" },
  ],
});
