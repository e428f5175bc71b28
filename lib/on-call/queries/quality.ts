import { readNow, requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { AppError } from "#lib/errors";
import { coverageRatio, upcomingGaps } from "#lib/on-call/coverage";
import { readFairness } from "#lib/on-call/fairness";
import type { PersonLoad } from "#lib/on-call/fairness";
import { percent } from "#lib/on-call/queries/rendered";
import { loadScheduleFacts } from "#lib/on-call/queries/schedule-facts";
import { loadCircumstances } from "#lib/on-call/queries/circumstances";
import { toGapDto } from "#lib/on-call/queries/shift-dtos";
import type { GapDto } from "#lib/on-call/queries/shift-dtos";
import { toWarningDto } from "#lib/on-call/queries/warning-dtos";
import type { ScheduleWarningDto } from "#lib/on-call/queries/warning-dtos";
import { scheduleWarnings } from "#lib/on-call/warnings";
import { loadPersonRefs } from "#lib/people/queries/person-refs";
import type { PersonRef } from "#lib/people/queries/person-refs";
import { DAY } from "#lib/time/calendar";

const JUDGED_DAYS = 90;

/** What is to be said about a schedule's next 90 days. */
export type ScheduleQuality = {
  days: number;
  coveragePercent: number;
  gaps: GapDto[];
  fairness: {
    spreadPercent: number | null;
    nightSpreadPercent: number | null;
    people: (Omit<PersonLoad, "userId"> & { user: PersonRef })[];
  };
  warnings: ScheduleWarningDto[];
  /** Everybody whom a warning may name. */
  people: PersonRef[];
};

/** Coverage, fairness and rest of the next 90 days: three readings, never one score. Throws `not_found`. */
export async function readScheduleQuality(ctx: Context, scheduleId: string): Promise<ScheduleQuality> {
  requirePermission(ctx.actor, "read");
  const now = await readNow(ctx.db);
  const window = { start: now, end: new Date(now.getTime() + JUDGED_DAYS * DAY) };
  const facts = (await loadScheduleFacts(ctx.db, [scheduleId], window)).get(scheduleId);
  if (!facts) throw new AppError("not_found", "There is no such schedule.", { wireCode: 3004 });
  const layers = facts.versions.flatMap(({ definition }) => definition.layers);
  const named = [
    ...layers.flatMap((layer) => layer.turns.flat()),
    ...facts.overrides.map(({ userId }) => userId),
  ];
  const [people, circumstances] = await Promise.all([
    loadPersonRefs(ctx.db, named),
    loadCircumstances(ctx.db, { userIds: named, scheduleId, window }),
  ]);
  const zones = new Map([...people].map(([id, { timeZone }]) => [id, timeZone]));
  const fairness = readFairness(facts, window, (userId) => zones.get(userId));
  return {
    days: JUDGED_DAYS,
    coveragePercent: percent(coverageRatio(facts, window)),
    gaps: upcomingGaps(facts, now, JUDGED_DAYS).map(toGapDto),
    fairness: {
      spreadPercent: fairness.spreadPercent,
      nightSpreadPercent: fairness.nightSpreadPercent,
      people: fairness.people.flatMap(({ userId, ...load }) => {
        const user = people.get(userId);
        return user ? [{ user, ...load }] : [];
      }),
    },
    warnings: scheduleWarnings(facts, window, zones, circumstances).map(toWarningDto),
    people: [...people.values()],
  };
}
