import postgres from "postgres";

/** Creates the database `name` if the server at `adminUrl` has none of that name; `before` runs just before that. */
export async function createDatabase(
  adminUrl: string,
  name: string,
  before = (): void => undefined,
): Promise<void> {
  const sql = postgres(adminUrl, { max: 1, onnotice: () => undefined });
  try {
    const [found] = await sql`select 1 from pg_database where datname = ${name}`;
    if (found !== undefined) return;
    before();
    await sql`create database ${sql(name)}`;
  } finally {
    await sql.end();
  }
}

/** Drops the database `name`, whoever is connected to it. */
export async function dropDatabase(adminUrl: string, name: string): Promise<void> {
  const sql = postgres(adminUrl, { max: 1, onnotice: () => undefined });
  try {
    await sql`drop database if exists ${sql(name)} with (force)`;
  } finally {
    await sql.end();
  }
}
