import { agentReference, incidentNamed } from "#lib/http/wire/incident";
import { wireInstant } from "#lib/http/wire/instant";
import { nestedReference, wireReference } from "#lib/http/wire/reference";
import type { WireContext } from "#lib/http/wire/wire-context";
import type { WireLogEntryDto } from "#lib/incidents/queries/wire-log-entries";

/** Full objects in place of references, for what `include[]` asks. */
export type LogEntryExpansions = {
  incidents: ReadonlyMap<string, unknown>;
  services: ReadonlyMap<string, unknown>;
  teams: ReadonlyMap<string, unknown>;
};

const NO_EXPANSIONS: LogEntryExpansions = {
  incidents: new Map(),
  services: new Map(),
  teams: new Map(),
};

/** A line of a timeline as the public API shows it. */
export function wireLogEntry(
  wire: WireContext,
  entry: WireLogEntryDto,
  expand: LogEntryExpansions = NO_EXPANSIONS,
) {
  const type = `${entry.type}_log_entry`;
  const { incident, service, team } = entry;
  return {
    ...nestedReference(wire, type, `log_entries/${entry.id}`, { id: entry.id, name: summaryOf(entry) }),
    html_url: `${wire.web}/incidents/${incident.number}`,
    created_at: wireInstant(entry.at, wire.timeZone),
    agent: agentReference(wire, entry.actor, service),
    channel: channelOf(entry),
    note: entry.note,
    contexts: [],
    service: expand.services.get(service.id) ?? wireReference(wire, "service", service),
    incident: expand.incidents.get(incident.id) ?? wireReference(wire, "incident", incidentNamed(incident)),
    teams: team ? [expand.teams.get(team.id) ?? wireReference(wire, "team", team)] : [],
    event_details: { description: incident.title },
    ...about(wire, entry),
  };
}

/** What some types tell beside the rest. */
function about(wire: WireContext, { type, person, data }: WireLogEntryDto): Record<string, unknown> {
  const named = person && wireReference(wire, "user", person);
  if (type === "assign" || type === "escalate" || type === "delegate")
    return { assignees: named ? [named] : [] };
  if (type === "notify") return { user: named };
  if (type === "acknowledge") return { acknowledgement_timeout: data["timeoutSeconds"] ?? null };
  if (type === "snooze") return { changed_actions: [{ type: "unacknowledge", at: data["until"] ?? null }] };
  return {};
}

function channelOf({ type, channel, note }: WireLogEntryDto) {
  if (type === "annotate") return { type: "note", summary: note };
  return { type: channel };
}

const VERBS: Partial<Record<WireLogEntryDto["type"], string>> = {
  trigger: "Triggered",
  acknowledge: "Acknowledged",
  unacknowledge: "Unacknowledged",
  resolve: "Resolved",
  reopen: "Reopened",
  assign: "Assigned",
  escalate: "Escalated",
  delegate: "Delegated",
  notify: "Notified",
  snooze: "Snoozed",
  annotate: "Note added",
  status_update: "Status update posted",
  merge: "Merged",
};

function summaryOf({ type, actor, person }: WireLogEntryDto): string {
  const verb = VERBS[type] ?? type.replaceAll("_", " ").replace(/^./, (letter) => letter.toUpperCase());
  const whom =
    person && ["assign", "escalate", "delegate", "notify"].includes(type)
      ? ` ${type === "notify" ? "" : "to "}${person.name}`
      : "";
  return `${verb}${whom} by ${actor.name}`;
}

/** A note of an incident: the log entry that holds it, in its own shape. */
export function wireNote(wire: WireContext, entry: WireLogEntryDto) {
  const at = wireInstant(entry.at, wire.timeZone);
  return {
    id: entry.id,
    user: agentReference(wire, entry.actor, entry.service),
    channel: {
      id: null,
      type: "web",
      summary: entry.channel === "api" ? "The public API" : "Touchline's web pages",
    },
    content: entry.note ?? "",
    created_at: at,
    updated_at: at,
  };
}

/** A status update: the log entry that holds it, in its own shape. */
export function wireStatusUpdate(wire: WireContext, entry: WireLogEntryDto) {
  return {
    id: entry.id,
    message: entry.note ?? "",
    created_at: wireInstant(entry.at, wire.timeZone),
    sender: agentReference(wire, entry.actor, entry.service),
  };
}
