import { and, desc, eq } from "drizzle-orm";
import { auditRecords } from "#db/schema/organisation";
import type { Transaction } from "#lib/context";
import { AppError } from "#lib/errors";

export type Versioned = { objectType: string; id: string; name: string; version: number };

/** Refuses an editor that started from another version than the one in force, naming who published it. Null: whatever it was. */
export async function refuseStaleVersion(
  tx: Transaction,
  object: Versioned,
  expectedVersion: number | null,
): Promise<void> {
  if (expectedVersion === null || expectedVersion === object.version) return;
  const [last] = await tx
    .select({ actorName: auditRecords.actorName })
    .from(auditRecords)
    .where(and(eq(auditRecords.objectType, object.objectType), eq(auditRecords.objectId, object.id)))
    .orderBy(desc(auditRecords.at), desc(auditRecords.id))
    .limit(1);
  const by = last ? `${last.actorName} published` : "There is";
  throw new AppError(
    "conflict",
    `${by} version ${object.version} of ${object.name} while you were editing version ${expectedVersion}.`,
    {
      fields: [
        {
          field: "expectedVersion",
          message: `is ${expectedVersion}, but version ${object.version} is in force`,
        },
      ],
      wireCode: 1005,
    },
  );
}
