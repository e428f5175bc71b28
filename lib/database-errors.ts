import { z } from "zod";
import { AppError } from "#lib/errors";
import type { FieldError } from "#lib/errors";

const UNIQUE_VIOLATION = "23505";
const FOREIGN_KEY_VIOLATION = "23503";

// Errors are told by their shape: the server's own modules and what is built for the router each have the query builder and the driver, and
// a connection that one opened throws errors of classes that the other doesn't know.
const queryError = z.object({ query: z.string(), params: z.array(z.unknown()), cause: z.unknown() });
const coded = z.object({ code: z.string(), constraint_name: z.string().optional() });

function databaseErrorOf(error: unknown): z.infer<typeof coded> | null {
  const query = queryError.safeParse(error);
  const cause = coded.safeParse(query.success ? query.data.cause : error);
  return cause.success ? cause.data : null;
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
  const code = databaseErrorOf(error)?.code;
  if (code === undefined) return false;
  return TRANSIENT_CODES.includes(code) || TRANSIENT_CLASSES.includes(code.slice(0, 2));
}
