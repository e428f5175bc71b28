import type { Severity } from "#lib/alerts/vocabulary";
import { betaQuantile } from "#lib/statistics/beta";
import { quantile } from "#lib/statistics/quantile";

/** What became of earlier alerts of the same kind on the service. */
export type KindHistory = {
  /** Alerts that ended, or have been open for longer than any pause. */
  alerts: number;
  /** How long those took that their source ended, in seconds. Ends by people are no evidence. */
  selfResolvedAfter: readonly number[];
};

export type PausedAlert = {
  severity: Severity;
  /** Of its service; 1 is the most critical. */
  tier: number;
  /** Of the priority that rules gave it; null: none. */
  priorityRank: number | null;
};

export type TransientJudgement =
  | { isTransient: true; seconds: number; because: string }
  | { isTransient: false; because: string };

/** How far back kinds are remembered, in days. */
export const HISTORY_DAYS = 30;
export const PAUSES = [120, 180, 300, 600, 900] as const;
/** As setting: the pause that suits the kind. */
export const RECOMMENDED = 0;

const FEWEST = 5;
const LEAST_SHARE = 0.8;
const LEAST_BOUND = 0.6;
/** The bound holds 95 times in 100. */
const DOUBT = 0.05;
const MAJOR = 2;

/**
 * Whether an alert is of a kind that its source usually ends within the pause: at least five in 30 days, at least four in five of them,
 * and even the lower bound of that share (Beta posterior, flat prior) above 0.6. What is critical, major, or on a tier 1 service is
 * never held.
 */
export function judgeTransient(
  alert: PausedAlert,
  history: KindHistory,
  pauseSeconds: number,
): TransientJudgement {
  const guard = guardOf(alert);
  if (guard !== null) return no(guard);
  if (history.alerts < FEWEST)
    return no(`only ${history.alerts} alerts of its kind are known, ${FEWEST} are needed`);
  const seconds = pauseSeconds === RECOMMENDED ? recommendedPause(history) : pauseSeconds;
  if (seconds === null) return no("its kind takes longer than the longest pause");
  const within = history.selfResolvedAfter.filter((after) => after <= seconds).length;
  const share = within / history.alerts;
  const bound = betaQuantile(DOUBT, within + 1, history.alerts - within + 1);
  const counted = `${within} of ${history.alerts} alerts of its kind ended by themselves within ${seconds} s`;
  if (share < LEAST_SHARE) return no(`${counted}, which is less than four in five`);
  if (bound < LEAST_BOUND) {
    return no(
      `${counted}, which is too few to be sure (lower bound ${bound.toFixed(2)}, ${LEAST_BOUND} is needed)`,
    );
  }
  return { isTransient: true, seconds, because: `${counted} (lower bound ${bound.toFixed(2)})` };
}

/** The shortest pause that four in five of those that ended by themselves keep to; null: they take too long, or there are none. */
export function recommendedPause({ selfResolvedAfter }: KindHistory): number | null {
  const usual = quantile(
    selfResolvedAfter.toSorted((a, b) => a - b),
    LEAST_SHARE,
  );
  return usual === null ? null : (PAUSES.find((pause) => pause >= usual) ?? null);
}

function guardOf({ severity, tier, priorityRank }: PausedAlert): string | null {
  if (severity === "critical") return "it is critical";
  if (priorityRank !== null && priorityRank <= MAJOR) return `it has priority P${priorityRank}`;
  return tier === 1 ? "its service is of tier 1" : null;
}

function no(because: string): TransientJudgement {
  return { isTransient: false, because };
}
