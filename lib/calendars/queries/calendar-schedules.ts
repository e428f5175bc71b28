import { and, eq, isNull } from "drizzle-orm";
import type { Database } from "#db/connect";
import { scheduleLayers, schedules, scheduleVersions } from "#db/schema/schedules";
import type { Transaction } from "#lib/context";

/** Live schedules with a layer in force that follows the calendar. */
export function loadCalendarSchedules(
  db: Database | Transaction,
  calendarId: string,
): Promise<{ id: string; name: string; timeZone: string }[]> {
  return db
    .selectDistinct({ id: schedules.id, name: schedules.name, timeZone: schedules.timeZone })
    .from(scheduleLayers)
    .innerJoin(scheduleVersions, eq(scheduleVersions.id, scheduleLayers.versionId))
    .innerJoin(schedules, eq(schedules.id, scheduleVersions.scheduleId))
    .where(
      and(
        eq(scheduleLayers.calendarId, calendarId),
        isNull(scheduleVersions.effectiveTo),
        isNull(schedules.deletedAt),
      ),
    );
}
