import type { RuleCondition } from "#lib/rules/rule";

/** What is remembered between events: what one of them said last, how many there were, or what somebody sets from outside. */
export const CACHE_KINDS = ["recent_value", "trigger_event_count", "external_data"] as const;
export type CacheKind = (typeof CACHE_KINDS)[number];

/** What may be set from outside, in the words of the public API. */
export const CACHE_DATA_TYPES = ["string", "number", "boolean"] as const;
export type CacheDataType = (typeof CACHE_DATA_TYPES)[number];

export type CacheValue = string | number | boolean;

/** A variable that rules read as `cache.<name>`. */
export type CacheVariable = {
  id: string;
  name: string;
  /** The service whose events it sees and whose rules read it; null: all. */
  serviceId: string | null;
  /** Counts its changes. */
  version: number;
  kind: CacheKind;
  /** Which events it sees; nothing is seen by what is set from outside. */
  when: RuleCondition;
  /** Of a recent value: where it stands, and what of it. */
  path: string | null;
  pattern: string | null;
  /** How long a value counts, or which time is counted over; null: until there is another. */
  ttlSeconds: number | null;
  dataType: CacheDataType | null;
};

/** What a variable holds. Instants are epoch milliseconds; `counts` by the beginning of a stretch of time. */
export type CacheState = {
  latest: { value: CacheValue; at: number; expiresAt: number | null } | null;
  counts: ReadonlyMap<number, number>;
};

/** Counts are kept in so many stretches of their time, and are exact to one of them. */
const STRETCHES = 60;

/** The beginning of the stretch that an instant is counted in. */
export function stretchOf(ttlSeconds: number, at: number): number {
  const length = Math.max(1, Math.ceil(ttlSeconds / STRETCHES)) * 1000;
  return Math.floor(at / length) * length;
}

/** What a variable says at an instant; null: nothing, or nothing that still counts. A count is never null. */
export function cacheValueAt(
  { kind, ttlSeconds }: Pick<CacheVariable, "kind" | "ttlSeconds">,
  { latest, counts }: CacheState,
  at: number,
): CacheValue | null {
  if (kind === "trigger_event_count") {
    const since = at - (ttlSeconds ?? 0) * 1000;
    return [...counts].reduce((sum, [begin, count]) => (begin > since ? sum + count : sum), 0);
  }
  if (latest === null || (latest.expiresAt !== null && latest.expiresAt <= at)) return null;
  return latest.value;
}

/** The state after a value was said at an instant; what was said before it and comes later changes nothing. */
export function withValue(
  state: CacheState,
  value: CacheValue,
  at: number,
  ttlSeconds: number | null,
): CacheState {
  if (state.latest !== null && state.latest.at > at) return state;
  return { ...state, latest: { value, at, expiresAt: ttlSeconds === null ? null : at + ttlSeconds * 1000 } };
}

/** The state after triggers were counted in a stretch. */
export function withCount(state: CacheState, stretch: number, times: number): CacheState {
  return { ...state, counts: new Map(state.counts).set(stretch, (state.counts.get(stretch) ?? 0) + times) };
}
