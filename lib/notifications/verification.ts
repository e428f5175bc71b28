export const CODE_LIFETIME_MS = 10 * 60_000;
/** After so many wrong answers a code is worthless. */
export const MOST_WRONG = 5;
/** Codes cost money and can be used to annoy strangers. */
const PAUSE_MS = 60_000;
const MOST_AN_HOUR = 5;
const HOUR_MS = 3_600_000;

export type SentCode = { sends: number; countedFrom: Date; sentAt: Date };

export type MaySend = { kind: "send"; sends: number; countedFrom: Date } | { kind: "wait"; until: Date };

/** Whether another code may be sent to a number: one a minute, five an hour. */
export function maySendCode(last: SentCode | null, now: Date): MaySend {
  if (!last) return { kind: "send", sends: 1, countedFrom: now };
  const pause = new Date(last.sentAt.getTime() + PAUSE_MS);
  if (now < pause) return { kind: "wait", until: pause };
  const hourEnds = new Date(last.countedFrom.getTime() + HOUR_MS);
  if (now >= hourEnds) return { kind: "send", sends: 1, countedFrom: now };
  if (last.sends >= MOST_AN_HOUR) return { kind: "wait", until: hourEnds };
  return { kind: "send", sends: last.sends + 1, countedFrom: last.countedFrom };
}
