import type { OnCallFacts } from "#lib/escalation/choose-people";
import { TOP } from "#lib/escalation/plan";
import type { Position } from "#lib/escalation/plan";
import type { NobodyAnswered } from "#lib/escalation/policy";
import { isExhausted, takeStep } from "#lib/incidents/take-step";
import type { Entry, Step } from "#lib/incidents/take-step";
import { without } from "#lib/incidents/incident";
import type { IncidentChange, IncidentState, LogDraft, PageRequest } from "#lib/incidents/incident";
import { named } from "#lib/incidents/step-log";

/** Takes an incident one step along its policy; at the policy's end also what is to happen when nobody answered, once. */
export function enterNext(
  state: IncidentState,
  from: Position,
  facts: OnCallFacts,
  at: Date,
  entry: Entry,
): IncidentChange {
  const step = takeStep(state, from, facts, at, entry);
  const { policy } = state;
  const isDone = state.nobodyAnswered.includes(policy.policyId);
  return isDone || !reachesEnd(state, step, facts) ? step.change : actAtEnd(state, step.change, facts, at);
}

/** Every pass that the policy asks for is over: nothing is left, or what follows are repetitions. */
function reachesEnd(state: IncidentState, { decision }: Step, facts: OnCallFacts): boolean {
  if (decision.kind === "exhausted") return isExhausted(state, facts);
  const { numLoops, nobodyAnswered } = state.policy;
  return nobodyAnswered.repeat && decision.position.loop > numLoops && state.loop <= numLoops;
}

function actAtEnd(state: IncidentState, end: IncidentChange, facts: OnCallFacts, at: Date): IncidentChange {
  const { nobodyAnswered: wish, policyId } = state.policy;
  const raised = wish.raiseUrgency && state.urgency === "low";
  const takesOver = wish.policy ? facts.policies.get(wish.policy.id) : undefined;
  const priority = worse(state, facts);
  if (!raised && !priority && wish.tell === null && wish.policy === null) return end;
  const onward = raised || takesOver ? beginAnew(state, facts, at, { raised, takesOver }) : null;
  const base = onward ?? end;
  const told = tell(state, base, facts);
  const entry = endEntry(wish, { told: named(told, facts), raised, priority, isGone: !takesOver });
  return {
    ...withPages(base, told),
    patch: {
      ...base.patch,
      nobodyAnswered: [...state.nobodyAnswered, policyId],
      ...(priority && { priorityId: priority.id }),
    },
    log: onward ? [...end.log.filter(isEnd), entry, ...onward.log] : [...end.log, entry],
  };
}

type Done = {
  told: { id: string; name: string }[];
  raised: boolean;
  priority: NobodyAnswered["priority"];
  isGone: boolean;
};

function endEntry(wish: NobodyAnswered, { told, raised, priority, isGone }: Done): LogDraft {
  const nobodyToTell = wish.tell !== null && told.length === 0;
  const [priorityName, policy] = [priority?.name, wish.policy?.name];
  const data = { told, nobodyToTell, raised, priority: priorityName, policy, policyGone: isGone };
  return { type: "nobody_answered", class: "key", data };
}

function withPages(change: IncidentChange, more: PageRequest[]): IncidentChange {
  return more.length === 0 ? change : { ...change, pages: [...(change.pages ?? []), ...more] };
}

function isEnd({ type }: LogDraft): boolean {
  return type === "exhaust_escalation_path" || type === "skip_level";
}

/** From level 1 of the policy that takes over, or of this one at the higher urgency. */
function beginAnew(
  state: IncidentState,
  facts: OnCallFacts,
  at: Date,
  { raised, takesOver }: { raised: boolean; takesOver: IncidentState["policy"] | undefined },
): IncidentChange {
  const next: IncidentState = {
    ...state,
    policy: takesOver ?? state.policy,
    ...(raised && { urgency: "high", pending: without(state, "urgency_change") }),
  };
  const { change } = takeStep(next, TOP, facts, at, {
    kind: takesOver ? "delegate" : "urgency",
    reason: takesOver ? "reassigned" : "urgency_raised",
  });
  return {
    ...change,
    topic: takesOver ? "incident.delegated" : "incident.updated",
    patch: {
      ...change.patch,
      ...(raised && { urgency: "high" }),
      ...(takesOver && { policySnapshot: takesOver }),
    },
    ...(raised && { urgency: "high" }),
    log: change.log.map((entry) =>
      takesOver ? { ...entry, data: { ...entry.data, policy: takesOver.name } } : entry,
    ),
  };
}

function worse({ policy, priorityId }: IncidentState, facts: OnCallFacts) {
  const wish = policy.nobodyAnswered.priority;
  const rank = priorityId === null ? undefined : facts.priorityRanks.get(priorityId);
  return wish && (rank === undefined || wish.rank < rank) ? wish : null;
}

/** The person or the team's managers; whoever is paged by the same step anyway is not told twice. */
function tell({ policy }: IncidentState, base: IncidentChange, facts: OnCallFacts): PageRequest[] {
  const wish = policy.nobodyAnswered.tell;
  if (wish === null) return [];
  const managers = (policy.teamId && facts.teamManagers.get(policy.teamId)) || [];
  const candidates = (wish.type === "user" ? [wish.id] : managers).filter((id) => facts.people.has(id));
  const userIds = candidates.length > 0 ? candidates : facts.catchAll.filter((id) => facts.people.has(id));
  const because = `Nobody answered: ${policy.name} tells ${wish.type === "user" ? wish.name : "the team's managers"}`;
  return userIds
    .filter((userId) => !base.pages?.some((page) => page.userId === userId))
    .map((userId) => ({
      userId,
      reason: "nobody_answered",
      level: null,
      trace: [
        {
          step: "nobody answered",
          outcome: facts.people.get(userId)?.name ?? userId,
          because: candidates.length > 0 ? because : `${because}, who can't be paged: told the catch-all`,
        },
      ],
    }));
}
