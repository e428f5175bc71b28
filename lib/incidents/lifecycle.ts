/** The instants of an incident's life as they would be; null: not reached, or not known. */
export type Lifecycle = {
  startedAt: Date;
  detectedAt: Date;
  createdAt: Date;
  firstPageAt: Date | null;
  firstAckAt: Date | null;
  engagedAt: Date | null;
  mobilisedAt: Date | null;
  mitigatedAt: Date | null;
  resolvedAt: Date | null;
  impactStartedAt: Date | null;
  impactEndedAt: Date | null;
};

export type LifecycleFault = { field: keyof Lifecycle; message: string };

// Each can't lie before the other.
const ORDER: readonly (readonly [later: keyof Lifecycle, earlier: keyof Lifecycle, message: string])[] = [
  ["detectedAt", "startedAt", "It can't be detected before it started."],
  ["mitigatedAt", "startedAt", "It can't be mitigated before it started."],
  ["resolvedAt", "mitigatedAt", "It can't be mitigated after it was resolved."],
  ["resolvedAt", "createdAt", "It can't be resolved before it was raised."],
  ["firstPageAt", "createdAt", "Nobody is paged before it was raised."],
  ["firstAckAt", "createdAt", "It can't be acknowledged before it was raised."],
  ["engagedAt", "startedAt", "Nobody can engage before it started."],
  ["mobilisedAt", "engagedAt", "People can't be mobilised before the first engaged."],
  ["impactEndedAt", "impactStartedAt", "The impact can't end before it began."],
];

/**
 * What is wrong with these instants: one that is still to come, or an impossible order. Of two that contradict each other the one in
 * `edited` is named. Null: nothing.
 */
export function lifecycleFault(
  instants: Lifecycle,
  edited: readonly (keyof Lifecycle)[],
  now: Date,
): LifecycleFault | null {
  const ahead = edited.find((key) => {
    const at = instants[key];
    return at !== null && at > now;
  });
  if (ahead) return { field: ahead, message: "A phase can't lie in the future." };
  for (const [later, earlier, message] of ORDER) {
    const [a, b] = [instants[later], instants[earlier]];
    if (!a || !b || a >= b) continue;
    const [field] = edited.includes(later) ? [later] : edited.filter((key) => key === earlier);
    // What nobody touched may contradict itself: the log of an imported history does.
    if (field) return { field, message };
  }
  return null;
}
