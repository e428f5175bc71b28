import { singleLine, truncate } from "#lib/events/storable-text";
import type { DetectionSource, Urgency } from "#lib/incidents/vocabulary";

/** One incident of a foreign history, in our words. Times are what the history says, never corrected. */
export type ImportedIncident = {
  externalId: string;
  title: string;
  body: string | null;
  url: string | null;
  /** What was affected; the first one is the service, none: "Imported incidents". */
  components: readonly string[];
  urgency: Urgency;
  /** Rank of the priority; null: none. */
  priorityRank: number | null;
  detectionSource: DetectionSource;
  customerImpact: boolean | null;
  startedAt: Date;
  /** When the alarm went off; a history that does not say it means the start. */
  createdAt: Date;
  mitigatedAt: Date | null;
  resolvedAt: Date;
  resolvedBy: ImportedAuthor | null;
  /** What happened between trigger and resolve. */
  entries: readonly ImportedEntry[];
};

/** Who did something: a person by name or address, or a machine. */
export type ImportedAuthor = { name: string; email: string | null; isPerson: boolean };

export const ENTRY_TYPES = [
  "acknowledge",
  "unacknowledge",
  "assign",
  "escalate",
  "delegate",
  "snooze",
  "reopen",
  "resolve",
  "annotate",
  "priority_change",
  "urgency_change",
  "status_update",
] as const;

/** A line of the timeline. `key` is the same each time the history is read, and different for every line of its incident. */
export type ImportedEntry = {
  at: Date;
  key: string;
  type: (typeof ENTRY_TYPES)[number];
  by: ImportedAuthor | null;
  note: string | null;
  data: Record<string, unknown>;
};

/** A line that comes apart from its incident, which is known by its external id. */
export type ImportedLine = { incidentExternalId: string; entry: ImportedEntry };

/** Why a record of the file can't be brought in. */
export const SKIP_REASONS = [
  "is not valid JSON",
  "lacks what an incident needs",
  "lacks what a log entry needs",
  "is not resolved yet",
  "is scheduled maintenance",
  "ends before it starts",
  "has a value that the mapping does not know",
  "has a time in another form than the mapping says",
  "is not a row of this table",
  "says what its incident says already",
  "belongs to an incident that is not here",
] as const;
export type SkipReason = (typeof SKIP_REASONS)[number];

export type Skipped = { kind: "skipped"; reason: SkipReason; example: string };
export type ParsedRecord = { kind: "incident"; incident: ImportedIncident } | Skipped;
export type ParsedLine = { kind: "line"; line: ImportedLine } | Skipped;

const TITLE_LENGTH = 1024;
const TEXT_LENGTH = 25_000;
const NAME_LENGTH = 255;

/** PostgreSQL text can't hold a NUL, nor half of a surrogate pair. */
export function withoutUnstorable(text: string): string {
  return text.toWellFormed().replaceAll("\0", "");
}

export function storable(text: string, length = TEXT_LENGTH): string {
  return truncate(withoutUnstorable(text).trim(), length);
}

export function titleOf(text: string): string {
  return singleLine(storable(text, TITLE_LENGTH)) || "Untitled";
}

/** Text that may not be there; null: nothing to store. */
export function bodyOf(text: string | null | undefined): string | null {
  return storable(text ?? "") || null;
}

/** A web address, and nothing that a browser would run. */
export function addressOf(text: string | null | undefined): string | null {
  return text && /^https?:\/\//.test(text) ? text : null;
}

/** Names of services, each once, in their order. */
export function componentsOf(names: readonly (string | null | undefined)[]): string[] {
  const stored = names.map((name) => singleLine(storable(name ?? "", NAME_LENGTH)));
  return [...new Set(stored.filter((name) => name !== ""))];
}

/** An incident must end after it starts, and its times must be some; else it is skipped with them. */
export function judgeTimes(incident: ImportedIncident): ParsedRecord {
  const { startedAt, createdAt, mitigatedAt, resolvedAt, externalId, title, entries } = incident;
  const times = [startedAt, createdAt, mitigatedAt ?? createdAt, resolvedAt, ...entries.map(({ at }) => at)];
  if (times.some((at) => Number.isNaN(at.getTime()))) {
    return skip("lacks what an incident needs", `${externalId} “${title.slice(0, 80)}”: a time is none`);
  }
  if (resolvedAt >= startedAt && resolvedAt >= createdAt) return { kind: "incident", incident };
  const span = `${createdAt.toISOString()} to ${resolvedAt.toISOString()}`;
  return {
    kind: "skipped",
    reason: "ends before it starts",
    example: `${externalId} “${title.slice(0, 80)}”: ${span}`,
  };
}

/** What ends after `now` is not over, whatever its tool calls it: a time is wrong, or its zone. */
export function refuseFuture(record: ParsedRecord, now: Date): ParsedRecord {
  if (record.kind === "skipped" || record.incident.resolvedAt <= now) return record;
  const { externalId, title, resolvedAt } = record.incident;
  const example = `${externalId} “${title.slice(0, 80)}”: it ends at ${resolvedAt.toISOString()}`;
  return skip("is not resolved yet", example);
}

export function skip(reason: SkipReason, example: string): Skipped {
  return { kind: "skipped", reason, example };
}
