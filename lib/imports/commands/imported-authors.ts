import { sql } from "drizzle-orm";
import { users } from "#db/schema/people";
import type { TransactionContext } from "#lib/context";
import type { ImportedAuthor } from "#lib/imports/imported-incident";

// Any constant will do; it keeps two imports from bringing the same record at once.
const LOCK = 7_243_002;

/** Held until the transaction ends: imports write one after the other. */
export async function takeImportLock({ tx }: TransactionContext): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(${LOCK})`);
}

export type FoundAuthors = { actorName: string; idOf: (author: ImportedAuthor) => string | null };

/** Who of these people is known here: by address, else by a name that only one person has. */
export async function findAuthors(
  { tx, actor }: TransactionContext,
  authors: readonly (ImportedAuthor | null)[],
): Promise<FoundAuthors> {
  const people = authors.filter((author) => author?.isPerson === true);
  const words = [...new Set(people.flatMap((author) => [keyOf(author?.email), keyOf(author?.name)]))];
  const found =
    words.length === 0
      ? []
      : await tx
          .select({ id: users.id, email: users.email, name: users.name })
          .from(users)
          .where(
            sql`lower(${users.email}) = any(${sql.param(words)}::text[])
              or lower(${users.name}) = any(${sql.param(words)}::text[])`,
          );
  const byEmail = new Map(found.map(({ email, id }) => [keyOf(email), id]));
  const byName = new Map<string, string | null>();
  for (const { name, id } of found) byName.set(keyOf(name), byName.has(keyOf(name)) ? null : id);
  return {
    actorName: actor.name,
    idOf: ({ email, name, isPerson }) =>
      isPerson ? (byEmail.get(keyOf(email ?? name)) ?? byName.get(keyOf(name)) ?? null) : null,
  };
}

function keyOf(text: string | null | undefined): string {
  return (text ?? "").toLowerCase();
}
