import type { TestProject } from "vitest/node";
import { createTemplate, dropTestDatabase } from "#lib/testing/test-database";
import { startThrowAwayPostgres } from "#scripts/setup/throw-away-postgres";

declare module "vitest" {
  interface ProvidedContext {
    adminUrl: string;
    template: string;
  }
}

/** Vitest's global set-up of the database tests: a server, TEST_DATABASE_URL's or one of its own, and a template. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env.TEST_DATABASE_URL;
  const server = given ? undefined : await startThrowAwayPostgres();
  const adminUrl = given || server?.url() || "";
  try {
    const template = await createTemplate(adminUrl);
    project.provide("adminUrl", adminUrl);
    project.provide("template", template);
    return async () => {
      await dropTestDatabase(adminUrl, template);
      await server?.stop();
    };
  } catch (error) {
    await server?.stop();
    throw error;
  }
}
