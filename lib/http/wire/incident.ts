import { wireInstant, wireInstantOrNull } from "#lib/http/wire/instant";
import { wirePriority } from "#lib/http/wire/priority";
import { nestedReference, resourceHead, wireReference } from "#lib/http/wire/reference";
import type { WireReference } from "#lib/http/wire/reference";
import type { WireContext } from "#lib/http/wire/wire-context";
import type { WireIncidentDto } from "#lib/incidents/queries/wire-incidents";

/** An incident's name in references: its number and title. */
export function incidentNamed(incident: { id: string; number: number; title: string }) {
  return { id: incident.id, name: `[#${incident.number}] ${incident.title}`, slug: String(incident.number) };
}

/** Full objects in place of references, by id, for what `include[]` asks. */
export type IncidentExpansions = {
  users: ReadonlyMap<string, unknown>;
  services: ReadonlyMap<string, unknown>;
  teams: ReadonlyMap<string, unknown>;
  policies: ReadonlyMap<string, unknown>;
  logEntries: ReadonlyMap<string, unknown>;
};

/** An incident as the public API shows it. `withBody`: where one incident is asked for, its text comes along. */
export function wireIncident(
  wire: WireContext,
  incident: WireIncidentDto,
  expand: IncidentExpansions,
  options: { withBody?: boolean } = {},
) {
  const { service, team, alertCounts } = incident;
  const person = (who: { id: string; name: string }) =>
    expand.users.get(who.id) ?? wireReference(wire, "user", who);
  const policy =
    expand.policies.get(incident.policy.id) ?? wireReference(wire, "escalation_policy", incident.policy);
  const at = (instant: Date | number) => wireInstant(new Date(instant), wire.timeZone);
  return {
    ...resourceHead(wire, "incident", incidentNamed(incident)),
    incident_number: incident.number,
    title: incident.title,
    description: incident.title,
    created_at: at(incident.createdAt),
    updated_at: at(incident.updatedAt),
    status: incident.status,
    incident_key: incident.incidentKey,
    service: expand.services.get(service.id) ?? wireReference(wire, "service", service),
    assignments: incident.assignments.map((entry) => ({ at: at(entry.at), assignee: person(entry) })),
    assigned_via: incident.assignedVia,
    last_status_change_at: at(incident.lastStatusChangeAt),
    last_status_change_by: agentReference(wire, incident.lastStatusChangeBy, service),
    resolved_at: wireInstantOrNull(wire, incident.resolvedAt),
    first_trigger_log_entry: firstTrigger(wire, incident, expand),
    alert_counts: { ...alertCounts, resolved: alertCounts.all - alertCounts.triggered },
    is_mergeable: incident.status !== "resolved",
    incident_type: { name: "incident_default" },
    escalation_policy: policy,
    teams: team ? [expand.teams.get(team.id) ?? wireReference(wire, "team", team)] : [],
    impacted_services: [wireReference(wire, "service", service)],
    pending_actions: incident.pending.map(({ type, at: due, to }) => ({
      type,
      at: at(due),
      ...(to !== null && { to }),
    })),
    acknowledgements: incident.acknowledgements.map((entry) => ({
      at: at(entry.at),
      acknowledger: person(entry),
    })),
    alert_grouping: null,
    priority: incident.priority ? wirePriority(wire, incident.priority) : null,
    resolve_reason: incident.mergedInto && {
      type: "merge_resolve_reason",
      incident: wireReference(wire, "incident", incidentNamed(incident.mergedInto)),
    },
    conference_bridge: null,
    incidents_responders: [],
    responder_requests: [],
    subscriber_requests: [],
    urgency: incident.urgency,
    ...(options.withBody && { body: { type: "incident_body", details: incident.body } }),
  };
}

function firstTrigger(
  wire: WireContext,
  { firstTriggerId, title }: WireIncidentDto,
  expand: IncidentExpansions,
) {
  if (firstTriggerId === null) return null;
  const item = { id: firstTriggerId, name: title };
  return (
    expand.logEntries.get(firstTriggerId) ??
    nestedReference(wire, "trigger_log_entry_reference", `log_entries/${firstTriggerId}`, item)
  );
}

/** Who did something: a person, or the service in whose name a machine did. */
export function agentReference(
  wire: WireContext,
  agent: { type: string; id: string | null; name: string } | null,
  service: { id: string; name: string; slug: string },
): WireReference {
  if (agent?.type === "user" && agent.id !== null) {
    return wireReference(wire, "user", { id: agent.id, name: agent.name });
  }
  if (agent?.type === "integration" && agent.id !== null) {
    const path = `services/${service.id}/integrations/${agent.id}`;
    return nestedReference(wire, "inbound_integration_reference", path, { id: agent.id, name: agent.name });
  }
  return wireReference(wire, "service", service);
}
