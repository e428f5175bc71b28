import { desc, eq, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { apiKeys } from "#db/schema/organisation";
import { users } from "#db/schema/people";
import { readNow, requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import type { ApiKeyDto } from "#lib/organisation/schemas";
import { hasPermission, mayHoldKey } from "#lib/people/permissions";

const owner = alias(users, "owner");
const creator = alias(users, "creator");

/** The keys one may see, newest first: one's own, and everybody's for those who manage the organisation. */
export async function listApiKeys(ctx: Context): Promise<ApiKeyDto[]> {
  requirePermission(ctx.actor, "read");
  const all = hasPermission(ctx.actor.role, "organisation.manage");
  const [now, rows] = await Promise.all([
    readNow(ctx.db),
    ctx.db
      .select({ key: apiKeys, ownerName: owner.name, creatorName: creator.name })
      .from(apiKeys)
      .leftJoin(owner, eq(owner.id, apiKeys.userId))
      .leftJoin(creator, eq(creator.id, apiKeys.createdBy))
      .where(all ? undefined : sql`${apiKeys.userId} = ${ctx.actor.type === "user" ? ctx.actor.id : null}`)
      .orderBy(desc(apiKeys.createdAt), desc(apiKeys.id)),
  ]);
  return rows.map(({ key, ownerName, creatorName }) => ({
    id: key.id,
    name: key.name,
    scope: key.scope,
    user: key.userId === null ? null : { id: key.userId, name: ownerName ?? "" },
    lastFour: key.lastFour,
    createdBy: key.createdBy === null ? null : { id: key.createdBy, name: creatorName ?? "" },
    createdAt: key.createdAt.toISOString(),
    lastUsedAt: key.lastUsedAt?.toISOString() ?? null,
    expiresAt: key.expiresAt?.toISOString() ?? null,
    revokedAt: key.revokedAt?.toISOString() ?? null,
    state: stateOf(key, now),
    mayRotate: mayHoldKey(ctx.actor, key.userId),
  }));
}

function stateOf(key: { revokedAt: Date | null; expiresAt: Date | null }, now: Date): ApiKeyDto["state"] {
  if (key.revokedAt) return "revoked";
  return key.expiresAt && key.expiresAt <= now ? "expired" : "active";
}
