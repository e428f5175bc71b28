import type { OnCallFacts, Told } from "#lib/escalation/choose-people";
import type { PolicySnapshot } from "#lib/escalation/policy";

type From = { level: number; loop: number };
type Beyond = From & { turn: number };

export type FallbackDecision =
  | { kind: "fallback"; position: Beyond; people: Told[]; delayMinutes: number; because: string }
  | { kind: "nobody"; position: Beyond; because: string }
  | { kind: "exhausted"; because: string };

const DEFAULT_MINUTES = 30;
const LEAST_REPEAT_MINUTES = 10;

/** Who is told when no level has anybody: the policy's own person, else the team's managers, else the organisation's catch-all. */
export function planFallback(policy: PolicySnapshot, from: From, facts: OnCallFacts): FallbackDecision {
  // The fallback stands beyond the last level; the next pass looks whether a level is staffed by then.
  const beyond = policy.levels.length + 1;
  const toldAlready = from.level >= beyond;
  const position = { level: beyond, loop: toldAlready ? from.loop + 1 : from.loop, turn: 0 };
  const isBeyondPasses = position.loop > policy.numLoops;
  for (const [name, userIds] of choices(policy, facts)) {
    const reachable = userIds.filter((userId) => facts.people.has(userId));
    if (reachable.length === 0) continue;
    if (toldAlready && isBeyondPasses && !policy.nobodyAnswered.repeat)
      return { kind: "exhausted", because: "The fallback was told on every pass." };
    const because = `Nobody is on call at any level of ${policy.name}: told ${name}.`;
    const people = reachable.map((userId) => ({
      userId,
      trace: [{ step: "fallback", outcome: facts.people.get(userId)?.name ?? userId, because }],
    }));
    const minutes = policy.levels[0]?.delayMinutes ?? DEFAULT_MINUTES;
    const delayMinutes = isBeyondPasses ? Math.max(minutes, LEAST_REPEAT_MINUTES) : minutes;
    return { kind: "fallback", position, people, delayMinutes, because };
  }
  const because = `Nobody is on call at any level of ${policy.name}, and there is no fallback.`;
  // Nobody was told, so no pass is over: next time everything is looked at again.
  return { kind: "nobody", position: { level: 0, loop: from.loop, turn: 0 }, because };
}

function choices(policy: PolicySnapshot, facts: OnCallFacts): [string, readonly string[]][] {
  return [
    ["the policy's fallback", policy.fallbackUserId ? [policy.fallbackUserId] : []],
    ["the team's managers", (policy.teamId && facts.teamManagers.get(policy.teamId)) || []],
    ["the organisation's catch-all", facts.catchAll],
  ];
}
