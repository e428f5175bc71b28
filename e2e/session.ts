import type { Database } from "#db/connect";
import { sessionCookie } from "#lib/auth/session-cookie";
import { findUserByEmail } from "#lib/auth/user-actor";

/** A session cookie from the product's own code: what the sign-in form would give, without its password hashing. */
export async function sessionCookiePair(
  db: Database,
  email: string,
): Promise<{ name: string; value: string }> {
  const user = await findUserByEmail(db, email);
  if (!user) throw new Error(`Nobody has the address ${email}.`);
  const header = await sessionCookie({ userId: user.id, sessionVersion: user.sessionVersion });
  const pair = header.slice(0, header.indexOf(";"));
  const separator = pair.indexOf("=");
  return { name: pair.slice(0, separator), value: pair.slice(separator + 1) };
}
