export interface LastFire {
  /** The instant that the source stated with the last trigger; null when it stated none. */
  statedAt: Date | null;
  /** When that trigger was received. */
  receivedAt: Date;
}

/**
 * Whether an event tells of a time before the last trigger: a resolve like that was overtaken on the way and must not close the
 * alert. Only instants that the source states on both are compared: its clock and ours may disagree. A trigger from the
 * future (a wrong clock) counts as of its receipt, or nothing could ever resolve it.
 */
export function isOlderThanLastFire(eventStatedAt: string | null, lastFire: LastFire): boolean {
  if (eventStatedAt === null || lastFire.statedAt === null) return false;
  const firedAt = Math.min(lastFire.statedAt.getTime(), lastFire.receivedAt.getTime());
  return Date.parse(eventStatedAt) < firedAt;
}
