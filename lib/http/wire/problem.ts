import { wireInstant, wireInstantOrNull } from "#lib/http/wire/instant";
import { wireReference } from "#lib/http/wire/reference";
import type { WireContext } from "#lib/http/wire/wire-context";
import type { ActionDto, ProblemDto, SuggestionDto } from "#lib/problems/schemas";

/** A problem as the public API has it; `cost_to_date` is an estimate by the rates of the settings. */
export function wireProblem(wire: WireContext, problem: ProblemDto) {
  return {
    id: problem.id,
    type: "problem",
    summary: problem.title,
    self: `${wire.api}/problems/${problem.id}`,
    html_url: `${wire.web}/problems/${problem.number}`,
    problem_number: problem.number,
    title: problem.title,
    state: problem.state,
    service: problem.service && wireReference(wire, "service", problem.service),
    feature: problem.feature,
    owner: problem.owner && wireReference(wire, "user", problem.owner),
    workaround: problem.workaround,
    due_on: problem.dueOn,
    fixed_at: wireInstantOrNull(wire, problem.fixedAt),
    created_at: wireInstant(problem.createdAt, wire.timeZone),
    incident_count: problem.incidentCount,
    last_incident_at: wireInstantOrNull(wire, problem.lastIncidentAt),
    engaged_seconds: Math.round(problem.engagedMs / 1000),
    customer_impact_seconds: Math.round(problem.impactMs / 1000),
    cost_to_date: Math.round(problem.cost * 100) / 100,
  };
}

export function wireAction(wire: WireContext, action: ActionDto) {
  return {
    id: action.id,
    type: "corrective_action",
    summary: action.title,
    self: `${wire.api}/corrective_actions/${action.id}`,
    html_url: null,
    title: action.title,
    kind: action.type,
    state: action.state,
    owner: action.owner && wireReference(wire, "user", action.owner),
    due_on: action.dueOn,
    overdue: action.isOverdue,
    ticket_url: action.ticketUrl,
    created_at: wireInstant(action.createdAt, wire.timeZone),
    ended_at: wireInstantOrNull(wire, action.endedAt),
    problem: action.problem && {
      id: action.problem.id,
      type: "problem_reference",
      summary: action.problem.title,
    },
    review: action.review && { id: action.review.id, type: "review_reference" },
  };
}

export function wireSuggestion(wire: WireContext, found: SuggestionDto) {
  const { id, kind, label, windowDays, observed, expected, ratio, p, q, incidents } = found;
  return {
    id,
    type: "problem_suggestion",
    summary: label,
    kind,
    service: found.service && wireReference(wire, "service", found.service),
    window_days: windowDays,
    observed,
    expected,
    ratio,
    p_value: p,
    false_discovery_rate: q,
    found_at: wireInstant(found.foundAt, wire.timeZone),
    incident_numbers: incidents.map(({ number }) => number),
  };
}
