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
    escalation_rule_assignment_strategy: { type: "assign_to_everyone" },
  };
}
