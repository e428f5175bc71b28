import { randomBytes } from "node:crypto";
import { connect } from "#db/connect";
import type { Database, Sql } from "#db/connect";
import { migrate } from "#db/migrate";
import { readNow } from "#lib/context";

/** A span of time to travel; milliseconds as a bare number. */
export type Span = number | { days?: number; hours?: number; minutes?: number; seconds?: number };

export type TestDatabase = {
  url: string;
  db: Database;
  sql: Sql;
  /** Moves the database's `now()` on, for every connection at once, and answers the new one. */
  moveTime: (by: Span) => Promise<Date>;
  /** Sets the database's `now()`; it flows on from there. */
  setTime: (to: Date) => Promise<Date>;
  /** Lets the database's `now()` stand still from here on, to be moved only. */
  stopTime: () => Promise<Date>;
  now: () => Promise<Date>;
  /** Closes the connections and drops the database. */
  drop: () => Promise<void>;
};

/** Runs `work` on a connection to the server's own database. */
async function asAdmin<T>(adminUrl: string, work: (sql: Sql) => Promise<T>): Promise<T> {
  const { $client: sql } = connect(adminUrl, { max: 1, applicationName: "touchline-test" });
  try {
    return await work(sql);
  } finally {
    await sql.end();
  }
}

function urlOf(adminUrl: string, name: string): string {
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  return url.href;
}

/** Creates a migrated database whose clock can be moved, to be cloned; answers its name. */
export async function createTemplate(adminUrl: string): Promise<string> {
  const name = `template_${randomBytes(6).toString("hex")}`;
  await asAdmin(adminUrl, (sql) => sql`create database ${sql(name)}`);
  await migrate(urlOf(adminUrl, name));
  await asAdmin(urlOf(adminUrl, name), async (sql) => {
    await sql`create schema time_travel`;
    await sql`create table time_travel.clock as select interval '0' as shift, null::timestamptz as stopped_at`;
    // As the real one it stays the same within a transaction, also if the clock is moved meanwhile.
    await sql`
      create function time_travel.now() returns timestamptz language plpgsql stable parallel restricted as $$
      declare at text := current_setting('time_travel.at', true);
      begin
        if coalesce(at, '') = '' then
          select coalesce(stopped_at, pg_catalog.now() + shift) into at from time_travel.clock;
          perform set_config('time_travel.at', at, true);
        end if;
        return at;
      end $$`;
  });
  return name;
}

/** Clones a template. Close to instant: a file copy on the server. `connections`: at most. */
export async function createTestDatabase(
  adminUrl: string,
  template: string,
  { connections }: { connections?: number } = {},
): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString("hex")}`;
  await asAdmin(adminUrl, async (sql) => {
    await sql`create database ${sql(name)} template ${sql(template)}`;
    // Unless pg_catalog is named it is searched first, and an unqualified now() would find the real one.
    await sql`alter database ${sql(name)} set search_path = public, time_travel, pg_catalog`;
  });
  const url = urlOf(adminUrl, name);
  const db = connect(url, {
    applicationName: "touchline-test",
    ...(connections === undefined ? {} : { max: connections }),
  });
  const sql = db.$client;
  const now = () => readNow(db);
  return {
    url,
    db,
    sql,
    now,
    moveTime: async (by) => {
      const span = sql`${milliseconds(by)} * interval '1 millisecond'`;
      await sql`update time_travel.clock set shift = shift + ${span}, stopped_at = stopped_at + ${span}`;
      return now();
    },
    setTime: async (to) => {
      await sql`update time_travel.clock set shift = ${to.toISOString()}::timestamptz - pg_catalog.now(),
        stopped_at = case when stopped_at is not null then ${to.toISOString()}::timestamptz end`;
      return now();
    },
    stopTime: async () => {
      await sql`update time_travel.clock set stopped_at = now()`;
      return now();
    },
    drop: async () => {
      await sql.end({ timeout: 1 });
      await dropTestDatabase(adminUrl, name);
    },
  };
}

/** Drops a test database or template, whoever is connected to it. */
export async function dropTestDatabase(adminUrl: string, name: string): Promise<void> {
  await asAdmin(adminUrl, (sql) => sql`drop database if exists ${sql(name)} with (force)`);
}

function milliseconds(span: Span): number {
  if (typeof span === "number") return span;
  const { days = 0, hours = 0, minutes = 0, seconds = 0 } = span;
  return (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000;
}
