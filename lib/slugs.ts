import { eq, sql } from "drizzle-orm";
import type { PgColumn, PgTable } from "drizzle-orm/pg-core";
import type { Transaction } from "#lib/context";

const MAX_LENGTH = 60;

/** The name as it appears in addresses: lower-case ASCII letters, digits and single hyphens. Empty for a name without any. */
export function slugOf(name: string): string {
  return name
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .slice(0, MAX_LENGTH)
    .replaceAll(/^-|-$/g, "");
}

/** Whether this could be the id or the slug of something at all; anything else need not be looked up. */
export function isIdOrSlug(text: string): boolean {
  return /^[A-Za-z0-9-]{1,100}$/.test(text);
}

/**
 * A slug that no row of the table has, deleted ones included. Two transactions that want the same one wait for each other, so
 * it is still free when this one commits.
 */
export async function freeSlug(
  tx: Transaction,
  table: PgTable & { slug: PgColumn },
  name: string,
  id: string,
): Promise<string> {
  const wanted = slugOf(name);
  if (wanted === "") return id.toLowerCase();
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext(${wanted}))`);
  const taken = await tx.select({ slug: table.slug }).from(table).where(eq(table.slug, wanted)).limit(1);
  return taken.length === 0 ? wanted : `${wanted}-${id.toLowerCase().slice(-6)}`;
}
