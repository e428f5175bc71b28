import type { HandOff } from "#lib/on-call/hand-offs";
import { MINUTE } from "#lib/time/calendar";

/** When and of which end of a shift a person is told, over one contact method. */
export type HandOffRule = {
  userId: string;
  contactMethodId: string;
  advanceMinutes: number;
  type: "both" | "oncall" | "offcall";
};

export type HandOffNotice = {
  userId: string;
  side: "oncall" | "offcall";
  at: number;
  advanceMinutes: number;
  contactMethodIds: string[];
};

/** So long after its time a hand-off is still news. */
const USEFUL_AFTER = 30 * MINUTE;
/** So much of a missed notice in advance is made up for, as long as the hand-off is still to come. */
const MADE_UP_FOR = 120 * MINUTE;

/**
 * The hand-offs to look at for rules of one advance: those whose notice is due at `now` or was missed, and is still of use, and those
 * whose notice is due within `ahead`. The end is not part of it.
 */
export function noticeWindow(
  advanceMinutes: number,
  now: number,
  ahead: number,
): { start: number; end: number } {
  const advance = advanceMinutes * MINUTE;
  const missed = Math.min(advance, MADE_UP_FOR) + USEFUL_AFTER;
  return { start: now + advance - missed, end: now + advance + ahead };
}

/**
 * Who is told of these hand-offs now, one notice a person, end and advance; and when the next notice is due, of those in the windows of
 * the rules. A notice that was due too long ago is dropped, never sent late.
 */
export function dueNotices(
  handOffs: readonly HandOff[],
  rules: readonly HandOffRule[],
  now: number,
): { due: HandOffNotice[]; nextAt: number | null } {
  const due = new Map<string, HandOffNotice>();
  let nextAt = Number.POSITIVE_INFINITY;
  for (const handOff of handOffs) {
    for (const { userId, contactMethodId, advanceMinutes, side } of concerned(handOff, rules)) {
      const dueAt = handOff.at - advanceMinutes * MINUTE;
      if (dueAt > now) {
        nextAt = Math.min(nextAt, dueAt);
        continue;
      }
      if (handOff.at < noticeWindow(advanceMinutes, now, 0).start) continue;
      const key = [userId, side, handOff.at, advanceMinutes].join(" ");
      const known = due.get(key) ?? { userId, side, at: handOff.at, advanceMinutes, contactMethodIds: [] };
      due.set(key, { ...known, contactMethodIds: [...known.contactMethodIds, contactMethodId] });
    }
  }
  return { due: [...due.values()], nextAt: Number.isFinite(nextAt) ? nextAt : null };
}

function concerned({ incoming, outgoing }: HandOff, rules: readonly HandOffRule[]) {
  return rules.flatMap((rule) => [
    ...(rule.type !== "offcall" && incoming.includes(rule.userId)
      ? [{ ...rule, side: "oncall" as const }]
      : []),
    ...(rule.type !== "oncall" && outgoing.includes(rule.userId)
      ? [{ ...rule, side: "offcall" as const }]
      : []),
  ]);
}
