import { and, eq, isNull } from "drizzle-orm";
import { scheduleVersions } from "#db/schema/schedules";
import type { Transaction } from "#lib/context";
import { loadScheduleFacts } from "#lib/on-call/queries/schedule-facts";
import type { ScheduleDefinition, ScheduleVersion } from "#lib/on-call/schedule";

/** What is in force without an end; null: nothing. */
export async function readOpenVersion(
  tx: Transaction,
  scheduleId: string,
  now: Date,
): Promise<ScheduleVersion | null> {
  const facts = await loadScheduleFacts(tx, [scheduleId], { start: now, end: new Date(now.getTime() + 1) });
  return facts.get(scheduleId)?.versions.findLast(({ effectiveTo }) => effectiveTo === null) ?? null;
}

/** Ends the version in force now, and answers from when on the next one counts: never before the one it follows. */
export async function closeOpenVersion(
  tx: Transaction,
  scheduleId: string,
  open: { definition: ScheduleDefinition; effectiveFrom: Date } | null,
  now: Date,
): Promise<Date> {
  const at = open && open.effectiveFrom > now ? open.effectiveFrom : now;
  await tx
    .update(scheduleVersions)
    .set({ effectiveTo: at })
    .where(and(eq(scheduleVersions.scheduleId, scheduleId), isNull(scheduleVersions.effectiveTo)));
  return at;
}
