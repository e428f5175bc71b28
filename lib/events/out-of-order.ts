export interface LastFire {
  /** The instant that the source stated with the last trigger; null when it stated none. */
  statedAt: Date | null;
  /** When that trigger was received. */
  receivedAt: Date;
}

/**
 * Whether a resolve tells of a time before the last trigger, so that it was overtaken on the way and must not close the
 * alert. Only instants that the source states on both are compared: its clock and ours may disagree. A trigger from the
 * future (a wrong clock) counts as of its receipt, or nothing could ever resolve it.
 */
export function isOlderThanLastFire(resolveStatedAt: string | null, lastFire: LastFire): boolean {
  if (resolveStatedAt === null || lastFire.statedAt === null) return false;
  const firedAt = Math.min(lastFire.statedAt.getTime(), lastFire.receivedAt.getTime());
  return Date.parse(resolveStatedAt) < firedAt;
}
