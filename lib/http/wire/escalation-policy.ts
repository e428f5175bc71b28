import { resourceHead, wireReference } from "#lib/http/wire/reference";
import type { WireContext } from "#lib/http/wire/wire-context";
import type { PolicyDto } from "#lib/escalation/queries/policies";
import type { LevelNowDto } from "#lib/escalation/queries/levels-now";

/** Full objects in place of references, by id, for what `include[]` asks. */
export type PolicyExpansions = {
  services: ReadonlyMap<string, unknown>;
  teams: ReadonlyMap<string, unknown>;
  users: ReadonlyMap<string, unknown>;
  schedules: ReadonlyMap<string, unknown>;
};

const NO_POLICY_EXPANSIONS: PolicyExpansions = {
  services: new Map(),
  teams: new Map(),
  users: new Map(),
  schedules: new Map(),
};

/** An escalation policy as the public API shows it. */
export function wireEscalationPolicy(
  wire: WireContext,
  policy: PolicyDto,
  expand: PolicyExpansions = NO_POLICY_EXPANSIONS,
) {
  const { team } = policy;
  return {
    ...resourceHead(wire, "escalation_policy", policy),
    name: policy.name,
    description: policy.description,
    num_loops: policy.numLoops,
    on_call_handoff_notifications: policy.onCallHandoffNotifications,
    escalation_rules: policy.levels.map((level) => wireRule(wire, level, expand)),
    services: policy.services.map(
      (service) => expand.services.get(service.id) ?? wireReference(wire, "service", service),
    ),
    teams: team ? [expand.teams.get(team.id) ?? wireReference(wire, "team", team)] : [],
    privilege: null,
    nobody_answered: wireNobodyAnswered(wire, policy),
  };
}

function wireRule(wire: WireContext, level: LevelNowDto, expand: PolicyExpansions) {
  return {
    id: level.id,
    escalation_delay_in_minutes: level.delayMinutes,
    targets: level.targets.map((target) => {
      const known = target.type === "user" ? expand.users : expand.schedules;
      return known.get(target.id) ?? wireReference(wire, target.type, target);
    }),
    escalation_rule_assignment_strategy: { type: STRATEGY_WORDS[level.strategy] },
    cycle_in_minutes: level.cycleMinutes,
    notify_only: level.notifyOnly,
    condition: level.condition && {
      time_zone: level.condition.timeZone,
      start_time: level.condition.startTime,
      end_time: level.condition.endTime,
      days_of_week: level.condition.daysOfWeek,
      otherwise: level.condition.otherwise,
    },
  };
}

/** What happens at the end of the policy: beyond PagerDuty's API. */
function wireNobodyAnswered(wire: WireContext, { nobodyAnswered }: PolicyDto) {
  const { tell, raiseUrgency, priority, policy, repeat } = nobodyAnswered;
  return {
    tell: tell?.type === "user" ? wireReference(wire, "user", tell) : tell && { type: "team_managers" },
    raise_urgency: raiseUrgency,
    priority: priority && wireReference(wire, "priority", priority),
    escalation_policy: policy && wireReference(wire, "escalation_policy", policy),
    repeat,
  };
}

const STRATEGY_WORDS = {
  everyone: "assign_to_everyone",
  round_robin: "round_robin",
  round_robin_cycle: "round_robin",
} as const;
