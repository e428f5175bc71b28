export type NextAttempt = { kind: "retry"; at: Date } | { kind: "give_up"; because: string };

const SECOND = 1000;
// Quick at first, since somebody is waiting to be woken; a server that is down for minutes is not helped by more.
const DELAYS_S = [5, 10, 20, 40, 60, 120, 180, 300];
export const MAX_ATTEMPTS = DELAYS_S.length + 1;

/**
 * When to try again after the `attempts`-th attempt failed, or why not. `spread` in [0, 1) moves it by up to a fifth later, so
 * that what failed together doesn't come back together.
 */
export function nextAttempt(input: {
  attempts: number;
  now: Date;
  expiresAt: Date;
  spread: number;
  /** The provider's own wish (Retry-After), if it is longer than ours. */
  notBeforeMs?: number;
}): NextAttempt {
  const delay = DELAYS_S[input.attempts - 1];
  if (delay === undefined) return { kind: "give_up", because: `tried ${input.attempts} times` };
  const ours = Math.round(delay * SECOND * (1 + input.spread / 5));
  const at = new Date(input.now.getTime() + Math.max(ours, input.notBeforeMs ?? 0));
  if (at >= input.expiresAt)
    return { kind: "give_up", because: "the next attempt would come too late to be of use" };
  return { kind: "retry", at };
}

/** A number in [0, 1) that is always the same for the same id. */
export function spreadOf(id: string): number {
  let hash = 0;
  for (let index = 0; index < id.length; index += 1) hash = (hash * 31 + id.charCodeAt(index)) % 9973;
  return hash / 9973;
}
