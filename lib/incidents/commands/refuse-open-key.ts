import { isUniqueViolation } from "#lib/database-errors";
import { AppError } from "#lib/errors";

/** Of the incidents of one service that were made through the API under one key, one is open at a time. */
export function openKeyTaken(): AppError {
  const message = "Open incident with matching dedup key already exists on this service";
  return new AppError("invalid", message, { wireCode: 2001, fields: [{ field: "incident_key", message }] });
}

/** Runs a whole transaction, and refuses it where it would open a second incident under a key. */
export async function refuseOpenKey<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (isUniqueViolation(error, "incidents_open_key")) throw openKeyTaken();
    throw error;
  }
}
