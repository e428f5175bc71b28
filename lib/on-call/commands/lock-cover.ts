import { and, asc, eq } from "drizzle-orm";
import { coverOffers, coverRequests } from "#db/schema/covers";
import type { schedules } from "#db/schema/schedules";
import type { Transaction } from "#lib/context";
import { AppError } from "#lib/errors";
import { lockSchedule } from "#lib/on-call/commands/lock-schedule";
import type { CoverRequest } from "#lib/on-call/cover";
import { toCoverRequest } from "#lib/on-call/queries/cover-rows";

export type LockedCover = {
  row: typeof coverRequests.$inferSelect;
  request: CoverRequest;
  offers: (typeof coverOffers.$inferSelect)[];
  schedule: typeof schedules.$inferSelect;
};

/**
 * Reads a cover request and holds it and its schedule until the transaction ends: two who take it at once come one after the other.
 * Throws `not_found`.
 */
export async function lockCover(tx: Transaction, requestId: string): Promise<LockedCover> {
  const [found] = await tx
    .select({ scheduleId: coverRequests.scheduleId })
    .from(coverRequests)
    .where(eq(coverRequests.id, requestId));
  if (!found) throw noSuchRequest();
  // The schedule first, as everything else that makes overrides does.
  const schedule = await lockSchedule(tx, found.scheduleId);
  const [row] = await tx
    .select()
    .from(coverRequests)
    .where(and(eq(coverRequests.id, requestId)))
    .for("update");
  if (!row) throw noSuchRequest();
  const offers = await tx
    .select()
    .from(coverOffers)
    .where(eq(coverOffers.requestId, requestId))
    .orderBy(asc(coverOffers.createdAt), asc(coverOffers.id));
  return { row, request: toCoverRequest(row, offers), offers, schedule };
}

function noSuchRequest(): AppError {
  return new AppError("not_found", "There is no such cover request.");
}
