import { eq } from "drizzle-orm";
import type { Database } from "#db/connect";
import { users } from "#db/schema/people";
import { PASSWORD_MAX_LENGTH, verifyPassword } from "#lib/auth/password";
import { forgiveSignInAttempt, takeSignInAttempt } from "#lib/auth/sign-in-limit";
import { findUserByEmail } from "#lib/auth/user-actor";
import { audit, inTransaction } from "#lib/context";
import type { Actor } from "#lib/context";

export type SignedIn = { id: string; name: string; email: string; sessionVersion: number };
export type SignInRefusal = "wrong" | "too_many";

/**
 * Checks an e-mail address and a password. Both unknown people and wrong passwords are `wrong`, after the same work; `too_many`
 * comes before any look at the account, so neither tells whether it exists.
 */
export async function signInWithPassword(
  db: Database,
  input: { email: string; password: string; ip: string },
): Promise<SignedIn | SignInRefusal> {
  const email = input.email.trim();
  if (
    email === "" ||
    email.length > 254 ||
    input.password === "" ||
    input.password.length > PASSWORD_MAX_LENGTH
  ) {
    return "wrong";
  }
  if (!(await takeSignInAttempt(email, input.ip))) return "too_many";
  const user = await findUserByEmail(db, email);
  if (!(await verifyPassword(user?.passwordHash ?? null, input.password)) || !user) return "wrong";
  await forgiveSignInAttempt(email, input.ip);
  return recordSignIn(db, user, "password");
}

/**
 * The person whom the identity provider vouches for. Only people who are already here get in: whoever may page others is
 * decided by an administrator, not by having an account at the provider.
 */
export async function signInWithProvider(db: Database, verifiedEmail: string): Promise<SignedIn | null> {
  const user = await findUserByEmail(db, verifiedEmail);
  return user && recordSignIn(db, user, "single sign-on");
}

type FoundUser = NonNullable<Awaited<ReturnType<typeof findUserByEmail>>>;

async function recordSignIn(db: Database, user: FoundUser, method: string): Promise<SignedIn> {
  const actor: Actor = {
    type: "user",
    id: user.id,
    name: user.name,
    role: user.role,
    channel: "website",
    timeZone: user.timeZone,
  };
  await inTransaction({ db, actor }, async (scope) => {
    await scope.tx.update(users).set({ lastSignInAt: scope.now }).where(eq(users.id, user.id));
    await audit(scope, {
      action: "sign_in",
      objectType: "user",
      objectId: user.id,
      objectName: user.name,
      after: { method },
    });
  });
  return { id: user.id, name: user.name, email: user.email, sessionVersion: user.sessionVersion };
}
