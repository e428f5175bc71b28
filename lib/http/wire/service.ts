import { wireInstant } from "#lib/http/wire/instant";
import { nestedReference, resourceHead, wireReference } from "#lib/http/wire/reference";
import type { WireContext } from "#lib/http/wire/wire-context";
import type { ConstantUrgency, SupportHours, UrgencyRule } from "#lib/services/service";
import type { ServiceDto } from "#lib/services/queries/load-services";

/** Full objects in place of references, by id, for what `include[]` asks. */
export type ServiceExpansions = {
  policies: ReadonlyMap<string, unknown>;
  teams: ReadonlyMap<string, unknown>;
  integrations: ReadonlyMap<string, unknown>;
};

const NO_SERVICE_EXPANSIONS: ServiceExpansions = {
  policies: new Map(),
  teams: new Map(),
  integrations: new Map(),
};

/** A service as the public API shows it. What Touchline decides otherwise (grouping, pausing) has the value that means "off". */
export function wireService(
  wire: WireContext,
  service: ServiceDto,
  expand: ServiceExpansions = NO_SERVICE_EXPANSIONS,
) {
  const { policy, team } = service;
  return {
    ...resourceHead(wire, "service", service),
    name: service.name,
    description: service.description,
    auto_resolve_timeout: service.autoResolveTimeout,
    acknowledgement_timeout: service.acknowledgementTimeout,
    created_at: wireInstant(service.createdAt, wire.timeZone),
    updated_at: wireInstant(service.updatedAt, wire.timeZone),
    status: service.health,
    last_incident_timestamp: service.lastIncidentAt && wireInstant(service.lastIncidentAt, wire.timeZone),
    teams: team ? [expand.teams.get(team.id) ?? wireReference(wire, "team", team)] : [],
    escalation_policy: expand.policies.get(policy.id) ?? wireReference(wire, "escalation_policy", policy),
    response_play: null,
    integrations: service.integrations.map(
      (integration) =>
        expand.integrations.get(integration.id) ??
        nestedReference(
          wire,
          `${integration.type}_reference`,
          `services/${service.id}/integrations/${integration.id}`,
          integration,
        ),
    ),
    incident_urgency_rule: wireUrgencyRule(service.urgencyRule),
    support_hours: service.supportHours && wireSupportHours(service.supportHours),
    scheduled_actions: wireScheduledActions(service.raiseUrgencyAt),
    addons: [],
    alert_creation: "create_alerts_and_incidents",
    alert_grouping: null,
    alert_grouping_timeout: null,
    alert_grouping_parameters: { type: null, config: null },
    auto_pause_notifications_parameters: { enabled: false, timeout: null },
  };
}

function wireUrgencyRule(rule: UrgencyRule) {
  const constant = ({ type, urgency }: ConstantUrgency) => ({ type, urgency });
  if (rule.type === "constant") return constant(rule);
  return {
    type: rule.type,
    during_support_hours: constant(rule.duringSupportHours),
    outside_support_hours: constant(rule.outsideSupportHours),
  };
}

function wireScheduledActions(raiseUrgencyAt: ServiceDto["raiseUrgencyAt"]) {
  if (raiseUrgencyAt === null) return [];
  const at = { type: "named_time", name: raiseUrgencyAt };
  return [{ type: "urgency_change", at, to_urgency: "high" }];
}

function wireSupportHours({ timeZone, startTime, endTime, daysOfWeek }: SupportHours) {
  return {
    type: "fixed_time_per_day",
    time_zone: timeZone,
    start_time: withSeconds(startTime),
    end_time: withSeconds(endTime),
    days_of_week: daysOfWeek,
  };
}

function withSeconds(time: string): string {
  return time.length === 5 ? `${time}:00` : time;
}
