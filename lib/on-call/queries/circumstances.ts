import { and, eq, gt, inArray, isNull, lt, ne, or } from "drizzle-orm";
import type { Database } from "#db/connect";
import {
  scheduleLayerMembers,
  scheduleLayers,
  scheduleOverrides,
  schedules,
  scheduleVersions,
} from "#db/schema/schedules";
import type { Circumstances } from "#lib/on-call/person-warnings";
import { loadScheduleFacts } from "#lib/on-call/queries/schedule-facts";
import { loadTimeOff } from "#lib/on-call/queries/time-off";
import { resolveSlots } from "#lib/on-call/resolve";
import type { ScheduleWindow } from "#lib/on-call/schedule";
import { loadReadiness } from "#lib/people/queries/readiness";
import type { Interval } from "#lib/time/interval";
import { union } from "#lib/time/interval";

type Asked = {
  userIds: readonly string[];
  /** The schedule that is judged; null: a new one. */
  scheduleId: string | null;
  window: ScheduleWindow;
};

const MOST_SCHEDULES = 50;

/** What is known of people beyond one schedule: time off, shifts in other schedules, whether they can be woken. */
export async function loadCircumstances(db: Database, asked: Asked): Promise<Circumstances> {
  const userIds = [...new Set(asked.userIds)];
  if (userIds.length === 0) return { away: new Map(), elsewhere: new Map(), unreachable: new Map() };
  const [away, readiness, elsewhere] = await Promise.all([
    loadTimeOff(db, userIds, asked.window),
    loadReadiness(db, userIds),
    loadElsewhere(db, { ...asked, userIds }),
  ]);
  const unreachable = new Map(
    [...readiness].flatMap(([userId, { state, reasons }]) =>
      state === "unreachable" ? [[userId, lowered(reasons[0] ?? "no way to reach them")] as const] : [],
    ),
  );
  return { away, elsewhere, unreachable };
}

function lowered(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1);
}

async function loadElsewhere(db: Database, asked: Asked): Promise<Circumstances["elsewhere"]> {
  const { userIds, window } = asked;
  const others = await selectOthers(db, asked);
  const facts = await loadScheduleFacts(
    db,
    others.map(({ id }) => id),
    window,
  );
  const range = { start: window.start.getTime(), end: window.end.getTime() };
  const wanted = new Set(userIds);
  const elsewhere = new Map<string, { scheduleName: string; spans: Interval[] }[]>();
  for (const { id, name } of others) {
    const of = facts.get(id);
    const slots = of ? resolveSlots(of, range).filter(({ userId }) => wanted.has(userId)) : [];
    for (const [userId, own] of Map.groupBy(slots, (slot) => slot.userId)) {
      const known = elsewhere.get(userId) ?? [];
      elsewhere.set(userId, [...known, { scheduleName: name, spans: union(own) }]);
    }
  }
  return elsewhere;
}

/** The live schedules beside the judged one that name any of these people. */
async function selectOthers(db: Database, { userIds, scheduleId, window }: Asked) {
  const isOther = scheduleId === null ? undefined : ne(schedules.id, scheduleId);
  const inLayers = db
    .selectDistinct({ id: schedules.id, name: schedules.name })
    .from(scheduleLayerMembers)
    .innerJoin(scheduleLayers, eq(scheduleLayers.id, scheduleLayerMembers.layerRowId))
    .innerJoin(scheduleVersions, eq(scheduleVersions.id, scheduleLayers.versionId))
    .innerJoin(schedules, eq(schedules.id, scheduleVersions.scheduleId))
    .where(
      and(
        inArray(scheduleLayerMembers.userId, [...userIds]),
        isNull(scheduleVersions.effectiveTo),
        or(isNull(scheduleLayers.endsAt), gt(scheduleLayers.endsAt, window.start)),
        isNull(schedules.deletedAt),
        isOther,
      ),
    );
  const inOverrides = db
    .selectDistinct({ id: schedules.id, name: schedules.name })
    .from(scheduleOverrides)
    .innerJoin(schedules, eq(schedules.id, scheduleOverrides.scheduleId))
    .where(
      and(
        inArray(scheduleOverrides.userId, [...userIds]),
        isNull(scheduleOverrides.removedAt),
        lt(scheduleOverrides.startsAt, window.end),
        gt(scheduleOverrides.endsAt, window.start),
        isNull(schedules.deletedAt),
        isOther,
      ),
    );
  return inLayers.union(inOverrides).orderBy(schedules.name).limit(MOST_SCHEDULES);
}
