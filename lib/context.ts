import { sql } from "drizzle-orm";
import type { Database } from "#db/connect";
import { auditRecords } from "#db/schema/organisation";
import { AppError } from "#lib/errors";
import { newId } from "#lib/ids";
import type { ActorType } from "#lib/incidents/vocabulary";
import { hasPermission, leastRoleWith } from "#lib/people/permissions";
import type { Permission } from "#lib/people/permissions";
import type { Role } from "#lib/people/roles";

/** Who acts. A person has a user id and a role; an account key, an integration and the engine act in their own name. */
export type Actor = {
  type: ActorType;
  id: string | null;
  name: string;
  role: Role;
  /** How it reached us: website, api, email, push, slack, timeout, auto, command … (shown in the timeline). */
  channel: string;
  timeZone: string;
};

/** What every query and command takes first. */
export type Context = { db: Database; actor: Actor };

export type Transaction = Parameters<Parameters<Database["transaction"]>[0]>[0];

/** What runs inside a transaction: its connection, its one instant (the database's), and who acts. */
export type TransactionContext = { tx: Transaction; now: Date; actor: Actor };

/** The engine's own actor. */
export const SYSTEM: Actor = {
  type: "system",
  id: null,
  name: "Touchline",
  role: "owner",
  channel: "auto",
  timeZone: "Etc/UTC",
};

/** Throws `forbidden`, naming the role to ask for, unless the actor holds the right. */
export function requirePermission(actor: Actor, permission: Permission): void {
  if (hasPermission(actor.role, permission)) return;
  const needed = leastRoleWith(permission);
  throw new AppError("forbidden", `This needs the role ${needed} or higher; you are ${actor.role}.`, {
    wireCode: 2010,
  });
}

/** Runs `work` in one transaction whose instant is the database's `now()`: the only clock on the paging path. */
export async function inTransaction<T>(
  ctx: Context,
  work: (scope: TransactionContext) => Promise<T>,
): Promise<T> {
  return ctx.db.transaction(async (tx) => work({ tx, now: await readNow(tx), actor: ctx.actor }));
}

/** The database's instant. */
export async function readNow(db: Database | Transaction): Promise<Date> {
  const [row] = await db.execute<{ now: string }>(
    sql`select (extract(epoch from now()) * 1000)::bigint::text as now`,
  );
  if (!row) throw new Error("The database did not tell the time.");
  return new Date(Number(row.now));
}

export type AuditInput = {
  action: string;
  objectType: string;
  objectId: string | null;
  objectName: string;
  before?: Record<string, unknown>;
  after?: Record<string, unknown>;
};

/** Writes the audit record of a change, in the same transaction as the change. */
export async function audit(scope: TransactionContext, ...records: AuditInput[]): Promise<void> {
  if (records.length === 0) return;
  await scope.tx.insert(auditRecords).values(
    records.map((record) => ({
      id: newId(scope.now.getTime()),
      at: scope.now,
      actorType: scope.actor.type,
      actorId: scope.actor.id,
      actorName: scope.actor.name,
      method: scope.actor.channel,
      action: record.action,
      objectType: record.objectType,
      objectId: record.objectId,
      objectName: record.objectName,
      before: record.before ?? null,
      after: record.after ?? null,
    })),
  );
}
