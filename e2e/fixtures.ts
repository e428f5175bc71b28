import { readFileSync } from "node:fs";
import { test as base, expect } from "@playwright/test";
import type { BrowserContext, BrowserContextOptions, Page } from "@playwright/test";
import { connect } from "#db/connect";
import type { Database } from "#db/connect";
import { publicApi } from "#e2e/public-api";
import type { Incident, Person, PublicApi, Service } from "#e2e/public-api";
import type { Quiet } from "#e2e/quiet";
import { listenForTrouble } from "#e2e/quiet";
import { sessionCookiePair } from "#e2e/session";
import type { Ready } from "#scripts/setup/credentials";
import { readySchema } from "#scripts/setup/credentials";

type DemoRole = "owner" | "admin" | "manager" | "responder" | "stakeholder";

/** A page of a browser of its own, signed in. */
type SignInAs = (who: DemoRole | Person, options?: BrowserContextOptions) => Promise<Page>;

/** One person on call for one service. */
export type Duty = { person: Person; backup: Person; service: Service };

export type Opened = { id: string; number: number; path: string; dedupKey: string };

type TestFixtures = {
  quiet: Quiet;
  signInAs: SignInAs;
  duty: Duty;
  /** Opens an incident of the duty's service, as its monitor would; answers its number and address. */
  trigger: (summary?: string) => Promise<Opened>;
};
type WorkerFixtures = { app: Ready; api: PublicApi; database: Database };

/**
 * Playwright's test on the server that global-setup serves. Every test makes the people and services it needs through the public
 * API, and fails on an error in the browser's console, in a page or in the server's log that it has not declared.
 */
export const test = base.extend<TestFixtures, WorkerFixtures>({
  app: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads from it which other fixtures are needed: none.
    async ({}, use) => use(readySchema.parse(JSON.parse(readFileSync(process.env.E2E_READY ?? "", "utf8")))),
    { scope: "worker" },
  ],

  api: [async ({ app }, use) => use(publicApi(app)), { scope: "worker" }],

  database: [
    async ({ app }, use) => {
      const db = connect(app.databaseUrl, { max: 1, applicationName: "touchline-e2e" });
      await use(db);
      await db.$client.end();
    },
    { scope: "worker" },
  ],

  quiet: [
    async ({ context }, use) => {
      const quiet = listenForTrouble();
      quiet.watch(context);
      await use(quiet);
      expect(quiet.complaints(), "errors that the test did not declare").toEqual([]);
    },
    { auto: true },
  ],

  signInAs: async ({ app, browser, database, quiet }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async (who, options = {}) => {
      const email = typeof who === "string" ? `${who}@example.com` : who.email;
      const context = await browser.newContext(options);
      contexts.push(context);
      quiet.watch(context);
      await context.addCookies([
        { ...(await sessionCookiePair(database, email)), url: app.url, httpOnly: true },
      ]);
      return context.newPage();
    });
    for (const context of contexts) await context.close();
  },

  duty: async ({ api }, use) => {
    const [person, backup] = await Promise.all([api.makePerson(), api.makePerson()]);
    const service = await api.makeService([
      { delayMinutes: 30, people: [person] },
      { delayMinutes: 30, people: [backup] },
    ]);
    await use({ person, backup, service });
  },

  trigger: async ({ api, duty }, use) => {
    await use(async (summary = "Checkout answers 5xx") => {
      const known = new Set((await api.incidentsOf(duty.service)).map(({ id }) => id));
      const dedupKey = await api.send(duty.service.key, { summary });
      let opened: Incident | undefined;
      await expect(async () => {
        opened = (await api.incidentsOf(duty.service)).find(({ id }) => !known.has(id));
        expect(opened).toBeDefined();
      }).toPass();
      const { id, incident_number: number } = opened!;
      return { id, number, path: `/incidents/${number}`, dedupKey };
    });
  },
});
