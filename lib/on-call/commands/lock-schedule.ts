import { and, eq, isNull } from "drizzle-orm";
import { schedules } from "#db/schema/schedules";
import type { Transaction } from "#lib/context";
import { AppError } from "#lib/errors";

/** Reads and locks a live schedule. Throws `not_found`. */
export async function lockSchedule(
  tx: Transaction,
  scheduleId: string,
): Promise<typeof schedules.$inferSelect> {
  const [schedule] = await tx
    .select()
    .from(schedules)
    .where(and(eq(schedules.id, scheduleId), isNull(schedules.deletedAt)))
    .for("update");
  if (!schedule) throw new AppError("not_found", "There is no such schedule.", { wireCode: 3004 });
  return schedule;
}
