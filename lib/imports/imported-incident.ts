import type { Urgency } from "#lib/incidents/vocabulary";

/** One incident of a foreign history, in our words. Times are what the history says, never corrected. */
export type ImportedIncident = {
  externalId: string;
  title: string;
  url: string | null;
  /** What was affected; the first one is the service, none: "Imported incidents". */
  components: readonly string[];
  urgency: Urgency;
  /** Rank of the priority; null: none. */
  priorityRank: number | null;
  customerImpact: boolean | null;
  startedAt: Date;
  mitigatedAt: Date | null;
  resolvedAt: Date;
  updates: readonly ImportedUpdate[];
};

export type ImportedUpdate = { at: Date; status: string; text: string };

/** Why a record of the file can't become an incident. */
export const SKIP_REASONS = [
  "is not valid JSON",
  "lacks what an incident needs",
  "is not resolved yet",
  "is scheduled maintenance",
  "ends before it starts",
] as const;
export type SkipReason = (typeof SKIP_REASONS)[number];

export type ParsedRecord =
  | { kind: "incident"; incident: ImportedIncident }
  | { kind: "skipped"; reason: SkipReason; example: string };
