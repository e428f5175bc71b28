import { and, asc, eq, isNull } from "drizzle-orm";
import { calendars } from "#db/schema/calendars";
import { scheduleLayers, scheduleVersions } from "#db/schema/schedules";
import { requirePermission } from "#lib/context";
import type { Context } from "#lib/context";

/** An imported calendar that a layer in force follows. Its address is never told again, only where it is. */
export type CalendarDto = {
  id: string;
  name: string;
  layerName: string;
  /** Null: it came as a file. */
  host: string | null;
  /** The last time that it could be read. */
  readAt: string | null;
  checkedAt: string | null;
  /** Why it can't be read now, and since when; what was read last stays in force. */
  error: string | null;
  failingSince: string | null;
  warnings: string[];
};

/** The calendars that layers in force of a schedule follow, from the lowest layer. */
export async function listScheduleCalendars(ctx: Context, scheduleId: string): Promise<CalendarDto[]> {
  requirePermission(ctx.actor, "read");
  const rows = await ctx.db
    .select({ calendar: calendars, layerName: scheduleLayers.name })
    .from(scheduleLayers)
    .innerJoin(
      scheduleVersions,
      and(
        eq(scheduleVersions.id, scheduleLayers.versionId),
        eq(scheduleVersions.scheduleId, scheduleId),
        isNull(scheduleVersions.effectiveTo),
      ),
    )
    .innerJoin(calendars, eq(calendars.id, scheduleLayers.calendarId))
    .orderBy(asc(scheduleLayers.position));
  return rows.map(({ calendar, layerName }) => ({
    id: calendar.id,
    name: calendar.name,
    layerName,
    host: calendar.host,
    readAt: calendar.readAt?.toISOString() ?? null,
    checkedAt: calendar.checkedAt?.toISOString() ?? null,
    error: calendar.error,
    failingSince: calendar.failingSince?.toISOString() ?? null,
    warnings: calendar.warnings,
  }));
}
