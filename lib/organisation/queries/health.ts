import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Database } from "#db/connect";
import { engines } from "#db/schema/organisation";
import { readNow } from "#lib/context";
import { livingEngines, moduleHealth } from "#lib/organisation/health";
import type { EngineState, ModuleHealth } from "#lib/organisation/health";

export type Health = {
  ok: boolean;
  /** The database's clock; null: it did not answer. */
  now: string | null;
  database: { ok: boolean; error: string | null };
  migrations: { ok: boolean; applied: number; expected: number };
  engines: { living: number; modules: ModuleHealth[] };
  /** One sentence for each thing that is wrong. */
  problems: string[];
};

const PATIENCE_MS = 3000;

const journal = z.object({ entries: z.array(z.unknown()) });

/** Applied migrations against those of this release. A database ahead of us is fine: a newer replica has migrated it already. */
async function readMigrations(db: Database): Promise<Health["migrations"]> {
  const [text, [row]] = await Promise.all([
    readFile(join(process.cwd(), "db/migrations/meta/_journal.json"), "utf8"),
    db.execute<{ applied: number }>(sql`select count(*)::int as applied from drizzle.__drizzle_migrations`),
  ]);
  const expected = journal.parse(JSON.parse(text)).entries.length;
  const applied = row?.applied ?? 0;
  return { ok: applied >= expected, applied, expected };
}

/** Looks at the database, its migrations and, unless only the web part is asked for, the engines. Never throws. */
export async function readHealth(db: Database, options: { engines: boolean }): Promise<Health> {
  try {
    const [now, rows, migrations] = await inTime(
      Promise.all([readNow(db), db.select().from(engines), readMigrations(db)]),
    );
    const states = rows.map(toState);
    const living = livingEngines(states, now).length;
    const modules = moduleHealth(states, now);
    const problems = [
      ...(migrations.ok
        ? []
        : [`The database has ${migrations.applied} of ${migrations.expected} migrations.`]),
      ...(options.engines ? engineProblems(living, modules) : []),
    ];
    const database = { ok: true, error: null };
    return {
      ok: problems.length === 0,
      now: now.toISOString(),
      database,
      migrations,
      engines: { living, modules },
      problems,
    };
  } catch (error) {
    const reason = error instanceof Error && "code" in error ? String(error.code) : "unreachable";
    return {
      ok: false,
      now: null,
      database: { ok: false, error: reason },
      migrations: { ok: false, applied: 0, expected: 0 },
      engines: { living: 0, modules: [] },
      problems: ["The database does not answer."],
    };
  }
}

/** A database that keeps us waiting is as bad as none: whoever asks for health has a short time-out. */
async function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(Object.assign(new Error("Too late"), { code: "TIMEOUT" })), PATIENCE_MS);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

function engineProblems(living: number, modules: readonly ModuleHealth[]): string[] {
  if (living === 0) return ["No engine is running: nobody is paged."];
  return modules
    .filter(({ ok }) => !ok)
    .map(
      ({ name, lagSeconds, error }) =>
        `Module ${name} ${error === null ? "stands still" : "fails"} (${lagSeconds} s since its last run).`,
    );
}

function toState(row: typeof engines.$inferSelect): EngineState {
  const modules = Object.entries(row.modules).map(([name, beat]) => ({ name, ...beat }));
  return { id: row.id, beatAt: row.beatAt.toISOString(), modules };
}
