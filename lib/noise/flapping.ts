/** What a key did lately. */
export type KeyHistory = {
  /** When its alerts opened and ended within the last `FLAP_SECONDS`, in any order. */
  transitions: readonly Date[];
  /** When one of its alerts last came onto an incident; null: never. */
  lastIncidentAt: Date | null;
};

export type FlapJudgement = { isFlapping: true; seconds: number; because: string } | { isFlapping: false };

export const FLAP_SECONDS = 1800;
const MOST_TRANSITIONS = 4;
const STABLE_SECONDS = 600;

/**
 * Whether a new alert is the next turn of a key that opens and ends over and over: four times or more in 30 minutes. It is held until it
 * has stayed open for ten minutes. While a key flaps it has an incident every 30 minutes at least, so that it is never forgotten.
 */
export function judgeFlapping({ transitions, lastIncidentAt }: KeyHistory, at: Date): FlapJudgement {
  const since = at.getTime() - FLAP_SECONDS * 1000;
  const recent = transitions.filter((transition) => transition.getTime() > since).length;
  if (recent < MOST_TRANSITIONS) return { isFlapping: false };
  if (lastIncidentAt === null || lastIncidentAt.getTime() <= since) return { isFlapping: false };
  const because = `It is flapping: it opened and ended ${recent} times within ${FLAP_SECONDS / 60} min; it is held until it has stayed open for ${STABLE_SECONDS / 60} min`;
  return { isFlapping: true, seconds: STABLE_SECONDS, because };
}
