import { and, eq, inArray } from "drizzle-orm";
import { pages } from "#db/schema/notifications";
import { notificationRules } from "#db/schema/people";
import type { TransactionContext } from "#lib/context";
import { sendNotices } from "#lib/notifications/commands/send-notices";
import type { NoticeRequest } from "#lib/notifications/commands/send-notices";
import { handOffAddress } from "#lib/on-call/hand-off-address";
import { dueNotices, noticeWindow } from "#lib/on-call/hand-off-notices";
import type { HandOffNotice, HandOffRule } from "#lib/on-call/hand-off-notices";
import { handOffs } from "#lib/on-call/hand-offs";
import type { HandOff } from "#lib/on-call/hand-offs";
import { handOffWords } from "#lib/on-call/hand-off-words";
import { loadAnnouncedSchedules } from "#lib/on-call/queries/announced-schedules";
import type { AnnouncedSchedule } from "#lib/on-call/queries/announced-schedules";
import { loadScheduleFacts, withSurroundings } from "#lib/on-call/queries/schedule-facts";
import type { ScheduleFacts } from "#lib/on-call/schedule";
import { wholeShifts } from "#lib/on-call/shift-span";
import { loadPersonRefs } from "#lib/people/queries/person-refs";
import { MINUTE } from "#lib/time/calendar";

const AHEAD = MINUTE;

/**
 * Tells people by their hand-off rules of shifts of theirs that begin or end. Each of them is told once of each end, for each advance they
 * asked for, whoever looks and however often. Answers how many were told and when to look again: a minute later at the latest, since
 * schedules change.
 */
export async function announceHandOffs(scope: TransactionContext): Promise<{ told: number; nextAt: Date }> {
  const { tx } = scope;
  const now = scope.now.getTime();
  const rules = await loadRules(scope);
  const latest = new Date(now + AHEAD);
  if (rules.length === 0) return { told: 0, nextAt: latest };
  const schedules = await loadAnnouncedSchedules(tx);
  const windows = [...new Set(rules.map(({ advanceMinutes }) => advanceMinutes))].map((advance) => ({
    advance,
    ...noticeWindow(advance, now, AHEAD),
  }));
  const range = {
    start: new Date(Math.min(...windows.map(({ start }) => start)) - 1),
    end: new Date(Math.max(...windows.map(({ end }) => end)) + 1),
  };
  const facts = await loadScheduleFacts(tx, [...schedules.keys()], range);
  const found = [...facts].flatMap(([scheduleId, of]) =>
    windows.map((window) => {
      const changes = handOffs(of, window);
      const applying = rules.filter(({ advanceMinutes }) => advanceMinutes === window.advance);
      return { scheduleId, changes, ...dueNotices(changes, applying, now) };
    }),
  );
  const due = found.flatMap(({ scheduleId, changes, due: notices }) =>
    notices.flatMap((notice) => {
      const schedule = schedules.get(scheduleId);
      const change = changes.find(({ at }) => at === notice.at);
      return schedule && change ? [{ schedule, notice, change, key: keyOf(scheduleId, notice) }] : [];
    }),
  );
  const nextAts = found.flatMap((it) => it.nextAt ?? []);
  const told = await tell(scope, await notYetTold(scope, due));
  return { told, nextAt: new Date(Math.min(latest.getTime(), ...nextAts)) };
}

type Due = { schedule: AnnouncedSchedule; notice: HandOffNotice; change: HandOff; key: string };

function keyOf(scheduleId: string, { at, side, advanceMinutes }: HandOffNotice): string {
  return `hand-off ${scheduleId} ${new Date(at).toISOString()} ${side} ${advanceMinutes}`;
}

async function loadRules({ tx }: TransactionContext): Promise<HandOffRule[]> {
  const { userId, contactMethodId, advanceMinutes, handoffType } = notificationRules;
  const rows = await tx
    .select({ userId, contactMethodId, advanceMinutes, handoffType })
    .from(notificationRules)
    .where(eq(notificationRules.kind, "handoff"));
  return rows.map((row) => ({
    userId: row.userId,
    contactMethodId: row.contactMethodId,
    advanceMinutes: row.advanceMinutes ?? 0,
    type: row.handoffType ?? "both",
  }));
}

async function notYetTold({ tx }: TransactionContext, due: readonly Due[]): Promise<Due[]> {
  if (due.length === 0) return [];
  const told = await tx
    .select({ userId: pages.userId, key: pages.noticeKey })
    .from(pages)
    .where(
      and(
        inArray(pages.userId, [...new Set(due.map(({ notice }) => notice.userId))]),
        inArray(pages.noticeKey, [...new Set(due.map(({ key }) => key))]),
      ),
    );
  const known = new Set(told.map(({ userId, key }) => `${userId} ${key}`));
  return due.filter(({ notice, key }) => !known.has(`${notice.userId} ${key}`));
}

async function tell(scope: TransactionContext, due: readonly Due[]): Promise<number> {
  if (due.length === 0) return 0;
  const { tx, now } = scope;
  const ats = due.map(({ notice }) => notice.at);
  const [people, facts] = await Promise.all([
    loadPersonRefs(
      tx,
      due.flatMap(({ change }) => [...change.incoming, ...change.outgoing]),
    ),
    loadScheduleFacts(
      tx,
      [...new Set(due.map(({ schedule }) => schedule.id))],
      withSurroundings({ start: new Date(Math.min(...ats)), end: new Date(Math.max(...ats) + 1) }),
    ),
  ]);
  const nameOf = (userId: string) => people.get(userId)?.name ?? userId;
  const notices = due.flatMap(({ schedule, notice, change, key }): NoticeRequest[] => {
    const { userId, side, at, contactMethodIds } = notice;
    const person = people.get(userId);
    if (!person || person.isDeactivated) return [];
    const says = handOffWords({
      schedule: schedule.name,
      side,
      at,
      until: endOf(facts.get(schedule.id), userId, at),
      others: (side === "oncall" ? change.outgoing : change.incoming).map(nameOf),
      timeZone: person.timeZone,
      now: now.getTime(),
    });
    const path = `/on-call/handoff/${handOffAddress({ scheduleId: schedule.id, at: new Date(at) })}`;
    const because = `A shift in ${schedule.name} ${side === "oncall" ? "begins" : "ends"} then.`;
    const trace = [{ step: "hand-off", outcome: new Date(at).toISOString(), because }];
    return [{ userId, reason: "shift", key, says: { ...says, path }, trace, contactMethodIds }];
  });
  return sendNotices(scope, notices);
}

/** When the shift that begins at an instant ends; null: never, or it does not begin. */
function endOf(facts: ScheduleFacts | undefined, userId: string, at: number): number | null {
  if (!facts) return null;
  const shifts = wholeShifts(facts, { start: new Date(at), end: new Date(at + 1) });
  return shifts.find((shift) => shift.userId === userId)?.end?.getTime() ?? null;
}
