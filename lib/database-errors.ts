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
