import type { PolicySnapshot, Target } from "#lib/escalation/policy";
import type { TraceStep } from "#lib/events/trace";

/** Who can be told at one instant; everything that a plan needs to know beside the policy itself. */
export type OnCallFacts = {
  /** Schedule id → the people on call now, each with the sentence that says why. */
  schedules: ReadonlyMap<string, readonly { userId: string; because: string }[]>;
  /** People who can be paged at all (not deactivated), by id. */
  people: ReadonlyMap<string, { name: string }>;
  /** Team id → its managers. */
  teamManagers: ReadonlyMap<string, readonly string[]>;
  /** The organisation's last resort, in order. */
  catchAll: readonly string[];
};

/** Level 0: none was entered yet. */
export type Position = { level: number; loop: number };

export type Told = { userId: string; trace: TraceStep[] };

export type Skipped = { level: number; because: string };

export type EscalationDecision =
  | {
      kind: "enter";
      position: Position;
      people: Told[];
      delayMinutes: number;
      skipped: Skipped[];
      /** True when the plan went back to level 1. */
      repeated: boolean;
    }
  | {
      kind: "fallback";
      position: Position;
      people: Told[];
      delayMinutes: number;
      skipped: Skipped[];
      because: string;
    }
  | { kind: "nobody"; position: Position; skipped: Skipped[]; because: string }
  | { kind: "exhausted"; skipped: Skipped[]; because: string };

/**
 * Decides who is told next. Levels at which nobody is on call are skipped at once. When no level of the policy has anybody, the
 * fallback is told: the policy's own person, else the team's managers, else the organisation's catch-all. While there is nobody
 * there either it never gives up; once a level has somebody again, whoever the fallback was, that level is told. It always ends: at
 * most levels × (loops + 2) positions are looked at.
 */
export function planEscalation(
  policy: PolicySnapshot,
  from: Position,
  facts: OnCallFacts,
): EscalationDecision {
  const skipped: Skipped[] = [];
  let position = next(policy, from);
  let repeated = false;
  while (position) {
    repeated ||= position.loop > from.loop;
    const people = peopleAt(policy, position.level, facts);
    if (people.length > 0) {
      return {
        kind: "enter",
        position,
        people,
        delayMinutes: delayOf(policy, position.level),
        skipped,
        repeated,
      };
    }
    skipped.push({ level: position.level, because: emptyBecause(policy, position.level) });
    position = next(policy, position);
  }
  const anybody = policy.levels.some((_, index) => peopleAt(policy, index + 1, facts).length > 0);
  if (anybody) {
    return { kind: "exhausted", skipped, because: "Every level of the policy was told." };
  }
  return planFallback(policy, from, facts, skipped);
}

/** Minutes until the next step is due; where nobody could be told, until it is tried again. */
export function minutesUntilNext(decision: Exclude<EscalationDecision, { kind: "exhausted" }>): number {
  return decision.kind === "nobody" ? 5 : decision.delayMinutes;
}

/** The people of one level right now, each once, with the reason they were chosen. */
export function peopleAt(policy: PolicySnapshot, level: number, facts: OnCallFacts): Told[] {
  const told = new Map<string, Told>();
  for (const target of policy.levels[level - 1]?.targets ?? []) {
    for (const person of resolveTarget(target, level, policy, facts)) {
      if (!told.has(person.userId)) told.set(person.userId, person);
    }
  }
  return [...told.values()];
}

function resolveTarget(target: Target, level: number, policy: PolicySnapshot, facts: OnCallFacts): Told[] {
  const entered = { step: "level", outcome: `Level ${level}`, because: `Escalation policy ${policy.name}` };
  if (target.type === "user") {
    if (!facts.people.has(target.id)) return [];
    const trace = [entered, { step: "target", outcome: target.name, because: "Named in the policy" }];
    return [{ userId: target.id, trace }];
  }
  return (facts.schedules.get(target.id) ?? [])
    .filter((entry) => facts.people.has(entry.userId))
    .map((entry) => ({
      userId: entry.userId,
      trace: [
        entered,
        {
          step: "schedule",
          outcome: facts.people.get(entry.userId)?.name ?? entry.userId,
          because: entry.because,
        },
      ],
    }));
}

function planFallback(
  policy: PolicySnapshot,
  from: Position,
  facts: OnCallFacts,
  skipped: Skipped[],
): EscalationDecision {
  // The fallback stands beyond the last level; the next pass looks whether a level is staffed by then.
  const beyond = policy.levels.length + 1;
  const toldAlready = from.level >= beyond;
  const position = { level: beyond, loop: toldAlready ? from.loop + 1 : from.loop };
  const choices: [string, readonly string[]][] = [
    ["the policy's fallback", policy.fallbackUserId ? [policy.fallbackUserId] : []],
    ["the team's managers", (policy.teamId && facts.teamManagers.get(policy.teamId)) || []],
    ["the organisation's catch-all", facts.catchAll],
  ];
  for (const [name, userIds] of choices) {
    const reachable = userIds.filter((userId) => facts.people.has(userId));
    if (reachable.length === 0) continue;
    if (toldAlready && position.loop > policy.numLoops)
      return { kind: "exhausted", skipped, because: "The fallback was told on every pass." };
    const because = `Nobody is on call at any level of ${policy.name}: told ${name}.`;
    const people = reachable.map((userId) => ({
      userId,
      trace: [{ step: "fallback", outcome: facts.people.get(userId)?.name ?? userId, because }],
    }));
    return { kind: "fallback", position, people, delayMinutes: delayOf(policy, 1), skipped, because };
  }
  const because = `Nobody is on call at any level of ${policy.name}, and there is no fallback.`;
  // Nobody was told, so no pass is over: next time everything is looked at again.
  return { kind: "nobody", position: { level: 0, loop: from.loop }, skipped, because };
}

function next(policy: PolicySnapshot, from: Position): Position | null {
  if (from.level < policy.levels.length) return { level: from.level + 1, loop: from.loop };
  // The fallback stood in for levels without anybody: that was no pass over them.
  const stoodIn = from.level > policy.levels.length;
  const isLeft = stoodIn || from.loop < policy.numLoops;
  return isLeft && policy.levels.length > 0 ? { level: 1, loop: from.loop + 1 } : null;
}

function delayOf(policy: PolicySnapshot, level: number): number {
  return policy.levels[level - 1]?.delayMinutes ?? 30;
}

function emptyBecause(policy: PolicySnapshot, level: number): string {
  const targets = policy.levels[level - 1]?.targets ?? [];
  if (targets.length === 0) return `Level ${level} names nobody.`;
  return `Nobody is on call at level ${level} (${targets.map((target) => target.name).join(", ")}).`;
}
