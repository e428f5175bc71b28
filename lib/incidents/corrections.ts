/** Instants that the log gives and people may correct, with the words for them. */
export const CORRECTABLE = {
  firstPageAt: "First page",
  firstAckAt: "First acknowledgement",
  engagedAt: "Engaged",
  mobilisedAt: "Mobilised",
  resolvedAt: "Resolved",
} as const;
export type Correctable = keyof typeof CORRECTABLE;

/** What people stated instead of the log, ISO 8601; absent: the log holds. */
export type Corrections = Partial<Record<Correctable, string>>;
