import { z } from "zod";
import {
  addressOf,
  bodyOf,
  componentsOf,
  judgeTimes,
  skip,
  storable,
  titleOf,
} from "#lib/imports/imported-incident";
import type { ImportedAuthor, ImportedEntry, ParsedLine, ParsedRecord } from "#lib/imports/imported-incident";
import { importedInstant, readRecord } from "#lib/imports/read-record";

const reference = z.object({
  type: z.string().nullish(),
  summary: z.string().nullish(),
  name: z.string().nullish(),
  email: z.string().nullish(),
});
type Reference = z.infer<typeof reference>;

const incident = z.object({
  id: z.string().min(1).max(200),
  title: z.string().nullish(),
  summary: z.string().nullish(),
  description: z.string().nullish(),
  status: z.string(),
  urgency: z.string().nullish(),
  created_at: importedInstant,
  resolved_at: importedInstant.nullish(),
  last_status_change_at: importedInstant.nullish(),
  last_status_change_by: reference.nullish(),
  html_url: z.string().nullish(),
  service: reference.nullish(),
  priority: reference.nullish(),
});

const logEntry = z.object({
  id: z.string().min(1).max(200),
  type: z.string(),
  created_at: importedInstant,
  agent: reference.nullish(),
  note: z.string().nullish(),
  channel: z.object({ summary: z.string().nullish(), content: z.string().nullish() }).nullish(),
  assignees: z.array(reference).nullish(),
  incident: z.object({ id: z.string().min(1).max(200) }),
});

/** Reads one incident of PagerDuty's REST API v2 (`GET /incidents`). Its id is the key of its log entries. */
export function parsePagerDutyIncident(text: string): ParsedRecord {
  const read = readRecord(incident, text, "lacks what an incident needs");
  if (read.kind === "skipped") return read;
  const { data } = read;
  const title = titleOf(data.title ?? data.summary ?? data.description ?? "");
  const resolvedAt = endOf(data);
  if (!resolvedAt) {
    return skip("is not resolved yet", `${data.id} “${title.slice(0, 80)}”`);
  }
  return judgeTimes({
    externalId: externalIdOf(data.id),
    title,
    body: data.description === title ? null : bodyOf(data.description),
    url: addressOf(data.html_url),
    components: componentsOf([nameOf(data.service)]),
    urgency: data.urgency === "low" ? "low" : "high",
    priorityRank: rankOf(nameOf(data.priority)),
    // Who noticed is nowhere in the export.
    detectionSource: "unknown",
    customerImpact: null,
    startedAt: data.created_at,
    createdAt: data.created_at,
    mitigatedAt: null,
    resolvedAt,
    resolvedBy: authorOf(data.last_status_change_by),
    // Acknowledgements of a resolved incident are in its log entries alone.
    entries: [],
  });
}

function endOf({ status, resolved_at, last_status_change_at }: z.infer<typeof incident>): Date | null {
  return status === "resolved" ? (resolved_at ?? last_status_change_at ?? null) : null;
}

// What their log entries are called here. Notifications are left out: they were not ours to send.
const TYPES: Record<string, ImportedEntry["type"]> = {
  acknowledge_log_entry: "acknowledge",
  unacknowledge_log_entry: "unacknowledge",
  assign_log_entry: "assign",
  delegate_log_entry: "delegate",
  escalate_log_entry: "escalate",
  snooze_log_entry: "snooze",
  reopen_log_entry: "reopen",
  resolve_log_entry: "resolve",
  annotate_log_entry: "annotate",
  priority_change_log_entry: "priority_change",
  urgency_change_log_entry: "urgency_change",
  status_update_log_entry: "status_update",
};

/** Reads one log entry of PagerDuty's REST API v2 (`GET /log_entries`). */
export function parsePagerDutyLogEntry(text: string): ParsedLine {
  const read = readRecord(logEntry, text, "lacks what a log entry needs");
  if (read.kind === "skipped") return read;
  const { data } = read;
  const type = TYPES[data.type];
  if (!type) return skip("says what its incident says already", `${data.id}: ${data.type}`);
  const by = authorOf(data.agent);
  const entry = {
    at: data.created_at,
    key: `log-entry/${data.id}`,
    type,
    by,
    note: noteOf(data, type),
    data: detailOf(data, type, by),
  };
  return { kind: "line", line: { incidentExternalId: externalIdOf(data.incident.id), entry } };
}

type LogEntry = z.infer<typeof logEntry>;

function noteOf({ note, channel }: LogEntry, type: ImportedEntry["type"]): string | null {
  return bodyOf(note ?? channel?.content ?? (type === "annotate" ? channel?.summary : null));
}

function detailOf({ assignees }: LogEntry, type: ImportedEntry["type"], by: ImportedAuthor | null) {
  const people = (assignees ?? []).map((person) => ({ id: null, name: nameOf(person) }));
  return {
    ...(people.length > 0 ? { assignees: people } : {}),
    // An escalation by nobody is one by time.
    ...(type === "escalate" ? { kind: by?.isPerson ? "manual" : "timeout" } : {}),
  };
}

function externalIdOf(id: string): string {
  return `pagerduty/${id}`;
}

function nameOf(ref: Reference | null | undefined): string {
  return storable(ref?.summary ?? ref?.name ?? "", 255);
}

function authorOf(ref: Reference | null | undefined): ImportedAuthor | null {
  if (!ref) return null;
  const name = nameOf(ref);
  if (name === "") return null;
  return { name, email: ref.email ?? null, isPerson: (ref.type ?? "").startsWith("user") };
}

/** "P1", "SEV-2", "1 - Critical": the first digit from 1 to 5. */
export function rankOf(name: string): number | null {
  const digit = /[1-5]/.exec(name)?.[0];
  return digit === undefined ? null : Number(digit);
}
