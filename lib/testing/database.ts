import { afterAll, inject } from "vitest";
import { createTestDatabase } from "#lib/testing/test-database";
import type { TestDatabase } from "#lib/testing/test-database";

/**
 * A migrated, empty database for one test file, dropped when its tests are done:
 * `const { db, moveTime } = await useDatabase();` at the top of the file. Code under test that reads its settings
 * from the environment finds the same database there.
 */
export async function useDatabase(): Promise<Omit<TestDatabase, "drop">> {
  const { drop, ...database } = await createTestDatabase(inject("adminUrl"), inject("template"));
  afterAll(drop);
  process.env.DATABASE_URL = database.url;
  process.env.LOG_LEVEL ??= "silent";
  process.env.TOUCHLINE_SECRET ??= "a secret of the tests, 32 or longer";
  return database;
}
