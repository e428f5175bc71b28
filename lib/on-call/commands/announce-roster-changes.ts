import { and, eq, gt, inArray, lt, sql } from "drizzle-orm";
import { scheduleOutlooks } from "#db/schema/hand-offs";
import { auditRecords } from "#db/schema/organisation";
import { users } from "#db/schema/people";
import { inTransaction } from "#lib/context";
import type { Context, TransactionContext } from "#lib/context";
import { sendNotices } from "#lib/notifications/commands/send-notices";
import { loadScheduleFacts } from "#lib/on-call/queries/schedule-facts";
import { resolveSlots } from "#lib/on-call/resolve";
import { rosterChanges } from "#lib/on-call/roster-changes";
import type { Roster, RosterChange } from "#lib/on-call/roster-changes";
import { rosterWords } from "#lib/on-call/roster-words";
import type { ScheduleFacts } from "#lib/on-call/schedule";
import { isPageable } from "#lib/people/queries/pageable";
import { DAY, HOUR, MINUTE } from "#lib/time/calendar";
import { union } from "#lib/time/interval";

const AHEAD_DAYS = 56;
const BATCH = 50;
/** A record is written at the instant its transaction began: so much later it may still turn up. */
const LATE_COMMIT = 2 * MINUTE;

type Schedule = { id: string; name: string; slug: string; createdAt: Date };

/**
 * Tells people of changes to their shifts of the coming eight weeks, once somebody who changed a schedule has left it alone for a minute:
 * several changes are one message. Whoever made all of them is told nothing about their own shifts, nor are the two sides of a cover, who
 * are told of that. Answers how many were told.
 */
export async function announceRosterChanges(ctx: Context): Promise<number> {
  const touched = await findTouched(ctx);
  let told = 0;
  for (const schedule of touched) told += await inTransaction(ctx, (scope) => announce(scope, schedule));
  return told;
}

/** Schedules that were changed and are left alone now, that follow a calendar, that nobody has looked at for a day or at all. */
async function findTouched({ db }: Context): Promise<Schedule[]> {
  const rows = await db.execute<{ id: string; name: string; slug: string; createdMs: string }>(sql`
    with changed as (
      select coalesce(a.after ->> 'scheduleId', a.before ->> 'scheduleId', a.object_id) as schedule_id,
        min(a.at) as first_at, max(a.at) as last_at
      from audit_records a
      where a.at > now() - interval '1 day' and a.object_type in ('schedule', 'override', 'cover_request')
      group by 1
    )
    select s.id, s.name, s.slug, (extract(epoch from s.created_at) * 1000)::bigint::text as "createdMs"
    from schedules s
    left join schedule_outlooks o on o.schedule_id = s.id
    left join changed c on c.schedule_id = s.id
    where s.deleted_at is null and (
      o.schedule_id is null
      or o.compared_at < now() - interval '1 day'
      or (c.last_at > o.compared_at - interval '2 minutes' and c.last_at <= now() - interval '1 minute')
      or (o.compared_at < now() - interval '15 minutes' and exists (
        select 1 from schedule_layers l
        join schedule_versions v on v.id = l.version_id and v.effective_to is null
        where v.schedule_id = s.id and l.calendar_id is not null)))
    order by o.compared_at nulls first
    limit ${BATCH}`);
  return rows.map(({ createdMs, ...row }) => ({ ...row, createdAt: new Date(Number(createdMs)) }));
}

async function announce(scope: TransactionContext, schedule: Schedule): Promise<number> {
  const { tx, now } = scope;
  // One engine at a time looks at a schedule; the next finds nothing new.
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('schedule-outlook'), hashtext(${schedule.id}))`);
  const until = new Date(now.getTime() + AHEAD_DAYS * DAY);
  const [[known], facts] = await Promise.all([
    tx.select().from(scheduleOutlooks).where(eq(scheduleOutlooks.scheduleId, schedule.id)),
    loadScheduleFacts(tx, [schedule.id], { start: now, end: until }),
  ]);
  const roster = rosterOf(facts.get(schedule.id), { start: now.getTime(), end: until.getTime() });
  const spans = Object.fromEntries(
    [...roster].map(([userId, own]) => [userId, own.map(({ start, end }): [number, number] => [start, end])]),
  );
  const outlook = { comparedAt: now, knownUntil: until, spans };
  await tx
    .insert(scheduleOutlooks)
    .values({ scheduleId: schedule.id, ...outlook })
    .onConflictDoUpdate({ target: scheduleOutlooks.scheduleId, set: outlook });
  // A schedule from before anybody was told of changes is no news; one made just now is.
  if (!known && now.getTime() - schedule.createdAt.getTime() > HOUR) return 0;
  const horizon = Math.min(known?.knownUntil.getTime() ?? until.getTime(), until.getTime());
  const changes = rosterChanges(rosterFrom(known?.spans ?? {}), roster, {
    start: now.getTime(),
    end: horizon,
  });
  const since = known?.comparedAt ?? schedule.createdAt;
  return changes.length === 0 ? 0 : tell(scope, { schedule, changes, since, until: new Date(horizon) });
}

function rosterOf(facts: ScheduleFacts | undefined, range: { start: number; end: number }): Roster {
  const slots = Map.groupBy(facts ? resolveSlots(facts, range) : [], ({ userId }) => userId);
  return new Map([...slots].map(([userId, own]) => [userId, union(own)]));
}

function rosterFrom(spans: Record<string, [number, number][]>): Roster {
  return new Map(Object.entries(spans).map(([id, own]) => [id, own.map(([start, end]) => ({ start, end }))]));
}

type News = { schedule: Schedule; changes: RosterChange[]; since: Date; until: Date };

async function tell(scope: TransactionContext, { schedule, changes, since, until }: News): Promise<number> {
  const [authors, people] = await Promise.all([
    loadAuthors(scope, schedule.id, since),
    scope.tx
      .select({ id: users.id, timeZone: users.timeZone })
      .from(users)
      .where(
        and(
          inArray(
            users.id,
            changes.map(({ userId }) => userId),
          ),
          isPageable(),
        ),
      ),
  ]);
  if (authors.onlyCovers) return 0;
  const notices = people.flatMap(({ id: userId, timeZone }) => {
    const change = changes.find((it) => it.userId === userId);
    const isOwn = authors.ids.length === 1 && authors.ids[0] === userId;
    if (!change || isOwn) return [];
    const says = rosterWords({ ...change, schedule: schedule.name, until: until.getTime(), timeZone });
    const key = `roster ${schedule.id} ${scope.now.toISOString()}`;
    const path = `/schedules/${schedule.slug}`;
    return [{ userId, reason: "schedule_changed" as const, key, says: { ...says, path } }];
  });
  return sendNotices(scope, notices);
}

/** Who changed the schedule since then; null stands for nobody in particular, as a calendar. */
async function loadAuthors({ tx, now }: TransactionContext, scheduleId: string, since: Date) {
  const { actorId, objectType } = auditRecords;
  const rows = await tx
    .selectDistinct({ actorId, objectType })
    .from(auditRecords)
    .where(
      and(
        gt(auditRecords.at, new Date(since.getTime() - LATE_COMMIT)),
        lt(auditRecords.at, new Date(now.getTime() + 1)),
        inArray(objectType, ["schedule", "override", "cover_request"]),
        sql`coalesce(${auditRecords.after} ->> 'scheduleId', ${auditRecords.before} ->> 'scheduleId', ${auditRecords.objectId}) = ${scheduleId}`,
      ),
    );
  return {
    ids: [...new Set(rows.map((row) => row.actorId))],
    onlyCovers: rows.length > 0 && rows.every((row) => row.objectType === "cover_request"),
  };
}
