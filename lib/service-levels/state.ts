import type { Measured } from "#lib/service-levels/measure";
import type { ServiceLevelState } from "#lib/service-levels/vocabulary";

/** How a promise stands at an instant. At its very deadline it is still met. */
export function stateOf(
  { endedAt, reached, dueAt, atRiskAt }: Pick<Measured, "endedAt" | "reached" | "dueAt" | "atRiskAt">,
  now: number,
): ServiceLevelState {
  const inTime = (at: number) => dueAt === null || at <= dueAt;
  if (endedAt !== null) {
    if (!inTime(endedAt)) return "breached";
    return reached ? "met" : "not_needed";
  }
  if (dueAt === null) return "paused";
  if (!inTime(now)) return "breached";
  return atRiskAt !== null && now >= atRiskAt ? "at_risk" : "on_track";
}

/** How much of an agreed share of breaches is left: of `judged` promises at most (100 − goal) % may be broken. */
export function errorBudget(goalPercent: number, judged: number, breached: number) {
  const allowed = Math.floor(judged * (1 - goalPercent / 100) + 1e-9);
  return { allowed, left: allowed - breached };
}
