import { DrizzleQueryError } from "drizzle-orm";
import postgres from "postgres";
import { AppError } from "#lib/errors";
import type { FieldError } from "#lib/errors";

const UNIQUE_VIOLATION = "23505";
const FOREIGN_KEY_VIOLATION = "23503";

function databaseErrorOf(error: unknown): postgres.PostgresError | null {
  const cause = error instanceof DrizzleQueryError ? error.cause : error;
  return cause instanceof postgres.PostgresError ? cause : null;
}

/** Whether a statement failed because a row of that key exists already; of this constraint or index, if one is named. */
export function isUniqueViolation(error: unknown, constraint?: string): boolean {
  const cause = databaseErrorOf(error);
  return (
    cause?.code === UNIQUE_VIOLATION && (constraint === undefined || cause.constraint_name === constraint)
  );
}

/** Whether a statement failed because the row it points at doesn't exist, or is still pointed at. */
export function isForeignKeyViolation(error: unknown, constraint?: string): boolean {
  const cause = databaseErrorOf(error);
  return (
    cause?.code === FOREIGN_KEY_VIOLATION &&
    (constraint === undefined || cause.constraint_name === constraint)
  );
}

export const TAKEN = "has already been taken";

/**
 * Runs `work` and turns the violation of a listed unique or foreign key into a refusal that names the field. It must wrap the
 * whole transaction: one whose statement failed can't go on.
 */
export async function refuseViolations<T>(
  fieldOf: Record<string, FieldError>,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const broken = isUniqueViolation(error) || isForeignKeyViolation(error) ? databaseErrorOf(error) : null;
    const field = broken?.constraint_name ? fieldOf[broken.constraint_name] : undefined;
    if (!field) throw error;
    const sentence = `${field.field.charAt(0).toUpperCase()}${field.field.slice(1)} ${field.message}`;
    throw new AppError("invalid", sentence, { fields: [field], wireCode: 2001 });
  }
}

const TRANSIENT_CLASSES = ["08", "40", "53", "57", "58"];
const TRANSIENT_CODES = [
  // Read-only: what was the primary until a failover a moment ago.
  "25006",
  "CONNECTION_CLOSED",
  "CONNECTION_ENDED",
  "CONNECTION_DESTROYED",
  "CONNECT_TIMEOUT",
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
];

/** Whether the same work may succeed when tried again: a lost connection, a deadlock, a server that is restarting or full. */
export function isTransient(error: unknown): boolean {
  const cause = error instanceof DrizzleQueryError ? error.cause : error;
  const code: unknown = typeof cause === "object" && cause !== null && "code" in cause ? cause.code : null;
  if (typeof code !== "string") return false;
  return TRANSIENT_CODES.includes(code) || TRANSIENT_CLASSES.includes(code.slice(0, 2));
}
