import { hash, verify } from "@node-rs/argon2";

// OWASP's argon2id baseline (19 MiB, 2 passes, 1 lane) is the package's default; it is spelled out so that it can't drift.
const OPTIONS = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** The longest password that is hashed: beyond it, a request would cost us more than it costs its sender. */
export const PASSWORD_MAX_LENGTH = 256;

/** Hashes a password with argon2id into a PHC string. Throws when it is longer than PASSWORD_MAX_LENGTH. */
export async function hashPassword(password: string): Promise<string> {
  if (password.length > PASSWORD_MAX_LENGTH) throw new RangeError("The password is too long.");
  return hash(password, OPTIONS);
}

let decoy: Promise<string> | null = null;

/**
 * Whether the password belongs to the stored hash. Without a hash (nobody by that address, or someone who only signs in through
 * single sign-on) it does the same work and says no, so the answer's time tells nothing.
 */
export async function verifyPassword(stored: string | null, password: string): Promise<boolean> {
  const given = password.slice(0, PASSWORD_MAX_LENGTH + 1);
  if (stored !== null) return (await verify(stored, given)) && given.length <= PASSWORD_MAX_LENGTH;
  decoy ??= hash("nobody's password", OPTIONS);
  await verify(await decoy, given);
  return false;
}
