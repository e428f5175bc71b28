import type { OnCallFacts } from "#lib/escalation/choose-people";
import { TOP } from "#lib/escalation/plan";
import type { EscalationDecision, Position } from "#lib/escalation/plan";
import type { PolicySnapshot } from "#lib/escalation/policy";
import { addSeconds, without } from "#lib/incidents/incident";
import type { IncidentChange, IncidentState, PendingAction } from "#lib/incidents/incident";
import { enterNext } from "#lib/incidents/nobody-answered";
import { named } from "#lib/incidents/step-log";
import { holdingLevel, planFrom } from "#lib/incidents/take-step";

/**
 * Lets an open incident follow an edited policy from where it stands: the level whose people have it, found by its id, else by its
 * place. Whoever the level tells now and doesn't have the incident yet is paged, whoever it no longer tells is dropped, everybody
 * else keeps their page. The next step comes no later than the new level says. What somebody acknowledged, or was given by hand,
 * stays as it is, and follows the edited policy from its next step on.
 */
export function applyPolicy(
  state: IncidentState,
  policy: PolicySnapshot,
  facts: OnCallFacts,
  at: Date,
): IncidentChange {
  const moved: IncidentState = { ...state, policy };
  const from = before(state, policy);
  const follows = state.status === "triggered" && state.assignedVia === "escalation_policy";
  if (!follows) return adopt(state, policy, position(state, policy));
  const plan = planFrom(moved, from, facts, false);
  if (plan.kind !== "enter" || plan.position.loop !== state.loop) {
    // Nobody is at its level (any more): on to whoever is, by the policy's own rules.
    const change = enterNext(moved, from, facts, at, { kind: "reopen", reason: "reassigned" });
    const log = [...change.log, applied(policy, "it goes on from its level")];
    return { ...change, patch: { ...change.patch, policySnapshot: policy }, log };
  }
  return rearrange(moved, plan, facts, at);
}

type Entered = Extract<EscalationDecision, { kind: "enter" }>;

function rearrange(state: IncidentState, plan: Entered, facts: OnCallFacts, at: Date): IncidentChange {
  const { policy } = state;
  const has = new Set(state.assignees.map(({ userId }) => userId));
  const stays = new Set(plan.people.map(({ userId }) => userId));
  const came = plan.people.filter(({ userId }) => !has.has(userId));
  const dropped = state.assignees.filter(({ userId }) => !stays.has(userId));
  const words = [
    came.length === 0
      ? ""
      : `paged ${named(came, facts)
          .map(({ name }) => name)
          .join(", ")}`,
    dropped.length === 0 ? "" : `${dropped.map(({ name }) => name).join(", ")} no longer has it`,
  ].filter((part) => part !== "");
  const { level, loop, turn } = plan.position;
  return {
    kind: "change",
    topic: came.length + dropped.length > 0 ? "incident.reassigned" : "incident.updated",
    patch: { policySnapshot: policy, level, loop, turn, unassigned: false, ringMembers: { ...plan.members } },
    ...(came.length + dropped.length > 0 && { assignees: plan.people.map(({ userId }) => userId) }),
    ...(dropped.length > 0 && {
      cancelPages: {
        because: "The escalation policy was changed",
        userIds: dropped.map(({ userId }) => userId),
      },
    }),
    ...(came.length > 0 && {
      pages: came.map(({ userId, trace }) => ({
        userId,
        reason: "reassigned" as const,
        level,
        trace: [
          ...trace,
          { step: "policy", outcome: "applied", because: `Version ${policy.version} was applied to it` },
        ],
      })),
    }),
    pending: timers(state, plan, at),
    rings: plan.rings,
    log: [applied(policy, words.length === 0 ? "the same people have it" : words.join("; "))],
  };
}

/** No later than the new wait; sooner where it was due sooner, or where everybody there stays. */
function timers(state: IncidentState, plan: Entered, at: Date): PendingAction[] {
  const others = without(state, "escalate");
  if (state.urgency === "low" && !state.service.escalateLowUrgency) return others;
  const latest = addSeconds(at, plan.delayMinutes * 60);
  const due = state.pending.find(({ type }) => type === "escalate")?.at;
  return [...others, { type: "escalate", at: due && due < latest ? due : latest }];
}

/** It keeps who has it; only what comes next is another policy's. */
function adopt(
  state: IncidentState,
  policy: PolicySnapshot,
  { level, loop, turn }: Position,
): IncidentChange {
  return {
    kind: "change",
    topic: "incident.updated",
    patch: { policySnapshot: policy, level, loop, turn },
    log: [applied(policy, "whoever has it keeps it")],
  };
}

function applied(policy: PolicySnapshot, because: string) {
  const data = { because, policy: policy.name, version: policy.version };
  return { type: "policy_applied" as const, class: "key" as const, data };
}

/** Just before the level that has it. */
function before(state: IncidentState, policy: PolicySnapshot): Position {
  if (state.level > state.policy.levels.length) return { ...TOP, loop: state.loop };
  const { level, loop } = position({ ...state, level: holdingLevel(state) }, policy);
  return level === 0 ? { ...TOP, loop } : { level: level - 1, loop, turn: 0 };
}

/** The level's place in the edited policy, by its id; the fallback stays beyond the last. */
function position(state: IncidentState, policy: PolicySnapshot): Position {
  const { level, loop, turn } = state;
  if (level > state.policy.levels.length) return { level: policy.levels.length + 1, loop, turn: 0 };
  const id = state.policy.levels[level - 1]?.id ?? null;
  const found = id === null ? -1 : policy.levels.findIndex((other) => other.id === id);
  return { level: found === -1 ? Math.min(level, policy.levels.length) : found + 1, loop, turn };
}
