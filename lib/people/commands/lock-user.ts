import { and, asc, eq, isNull } from "drizzle-orm";
import { users } from "#db/schema/people";
import { requirePermission } from "#lib/context";
import type { Actor, Transaction } from "#lib/context";
import { AppError } from "#lib/errors";
import { isSelf } from "#lib/people/permissions";
import type { Role } from "#lib/people/roles";

type UserRow = typeof users.$inferSelect;

/**
 * Reads and locks a person against other changes of them, but not against rows that come to refer to them: who holds an incident
 * waits for nobody who gives a person's incidents back. Throws `not_found`.
 */
export async function lockUser(tx: Transaction, userId: string): Promise<UserRow> {
  const [user] = await tx.select().from(users).where(eq(users.id, userId)).for("no key update");
  if (!user) throw new AppError("not_found", "There is no such person.", { wireCode: 2013 });
  return user;
}

/** People arrange their own profile; for others it takes the right to manage people. */
export function requireSelfOrManager(actor: Actor, userId: string): void {
  if (!isSelf(actor, userId)) requirePermission(actor, "people.manage");
}

/** Only owners make owners or touch their accounts: otherwise an administrator could become one. */
export function requireMayTouch(actor: Actor, ...roles: Role[]): void {
  if (!roles.includes("owner") || actor.role === "owner") return;
  throw new AppError("forbidden", "Only an owner may change the account of an owner.", { wireCode: 2010 });
}

/**
 * Refuses to take the last active owner away. Locks every owner in one order, so that two owners who remove each other at the
 * same time can't both succeed; call it before anything else is locked.
 */
export async function requireAnotherOwner(tx: Transaction, userId: string): Promise<void> {
  const owners = await tx
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.role, "owner"), isNull(users.deactivatedAt)))
    .orderBy(asc(users.id))
    .for("no key update");
  if (owners.length === 1 && owners[0]?.id === userId) {
    const message = "is the last owner; make someone else an owner first";
    throw new AppError("invalid", `This person ${message}.`, {
      fields: [{ field: "role", message }],
      wireCode: 2015,
    });
  }
}

export const USER_CONSTRAINTS = { users_email_key: { field: "email", message: "has already been taken" } };
