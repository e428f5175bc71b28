import { openingAt } from "#lib/escalation/condition";
import type { Level, PolicySnapshot, Target } from "#lib/escalation/policy";
import { inTurn, takeTurn } from "#lib/escalation/ring";
import type { Ring, RingTurn } from "#lib/escalation/ring";
import type { TraceStep } from "#lib/events/trace";

/** Who can be told at one instant; everything that a plan needs to know beside the policy itself. */
export type OnCallFacts = {
  at: Date;
  /** Schedule id → the people on call now, each with the sentence that says why. */
  schedules: ReadonlyMap<string, readonly { userId: string; because: string }[]>;
  /** People who can be paged at all (not deactivated), by id. */
  people: ReadonlyMap<string, { name: string }>;
  /** Team id → its managers. */
  teamManagers: ReadonlyMap<string, readonly string[]>;
  /** The organisation's last resort, in order. */
  catchAll: readonly string[];
  /** Level id → whose turn it was last. */
  rings: ReadonlyMap<string, Ring>;
  /** Policies that others hand over to at their end, by id. */
  policies: ReadonlyMap<string, PolicySnapshot>;
  /** Priority id → its rank, 1 the worst. */
  priorityRanks: ReadonlyMap<string, number>;
};

/** The facts after turns were taken: who opens next gets the next member. */
export function afterTurns(facts: OnCallFacts, turns: readonly RingTurn[] = []): OnCallFacts {
  if (turns.length === 0) return facts;
  return {
    ...facts,
    rings: new Map([...facts.rings, ...turns.map((turn) => [turn.levelId, turn] as const)]),
  };
}

export type Told = { userId: string; trace: TraceStep[] };

/** Level id → the target whose turn an incident took there. */
export type Members = Readonly<Record<string, string>>;

export type Chosen = {
  people: Told[];
  /** The target whose turn it is, at a level that takes turns. */
  member: Target | null;
  /** Set when the ring moves on with it. */
  turn: RingTurn | null;
  /** Others of the ring could take a turn as well. */
  hasOthers: boolean;
};

/** The people whom one level would tell at this instant if it took no turns, each once, with the reason. */
export function peopleAt(policy: PolicySnapshot, level: number, facts: OnCallFacts): Told[] {
  return resolveTargets(policy.levels[level - 1]?.targets ?? [], level, policy, facts);
}

/** Whether a level could tell somebody now: it is used at this time, and somebody is there. */
export function isStaffed(policy: PolicySnapshot, level: number, facts: OnCallFacts): boolean {
  const { condition = null } = policy.levels[level - 1] ?? {};
  return openingAt(condition, facts.at).isOpen && peopleAt(policy, level, facts).length > 0;
}

/**
 * Whom a level tells. A level that takes turns tells one target: the one whose turn the incident took here before (`members`), as
 * long as somebody is there; else the next of the ring, passing over those without anybody.
 */
export function choosePeople(
  policy: PolicySnapshot,
  number: number,
  facts: OnCallFacts,
  members: Members,
): Chosen {
  const level = policy.levels[number - 1];
  if (!level || level.strategy === "everyone" || level.id === null) {
    return { people: peopleAt(policy, number, facts), member: null, turn: null, hasOthers: false };
  }
  const ring = facts.rings.get(level.id);
  const order = inTurn(level, ring);
  const kept = order.find(({ id }) => id === members[level.id ?? ""]);
  const candidates = kept ? [kept, ...order.filter(({ id }) => id !== kept.id)] : order;
  const chosen = firstStaffed(candidates, number, policy, facts);
  const isKept = kept !== undefined && chosen.member?.id === kept.id;
  const because = isKept ? "Took this incident's turn before" : "Next in turn";
  return {
    ...explain(chosen, because),
    turn: isKept || !chosen.member ? null : takeTurn(level, policy.policyId, chosen.member),
  };
}

/** The next turn within a level that hands on: the one after the incident's own. Nobody else there: no people. */
export function nextMember(
  policy: PolicySnapshot,
  number: number,
  facts: OnCallFacts,
  members: Members,
): Chosen {
  const level = policy.levels[number - 1];
  const current = level?.id ? members[level.id] : undefined;
  if (!level || current === undefined) return { people: [], member: null, turn: null, hasOthers: false };
  const order = inTurn(level, { lastTargetId: current, lastIndex: -1 }).filter(({ id }) => id !== current);
  const chosen = firstStaffed(order, number, policy, facts);
  // Whoever just had it is one of the others again.
  return { ...explain({ ...chosen, hasOthers: true }, "Next in turn"), turn: null };
}

type Found = { people: Told[]; member: Target | null; hasOthers: boolean; passed: Target[] };

function firstStaffed(
  targets: readonly Target[],
  number: number,
  policy: PolicySnapshot,
  facts: OnCallFacts,
): Found {
  const people = targets.map((target) => resolveTargets([target], number, policy, facts));
  const index = people.findIndex((of) => of.length > 0);
  if (index === -1) return { people: [], member: null, hasOthers: false, passed: [...targets] };
  return {
    people: people[index] ?? [],
    member: targets[index] ?? null,
    hasOthers: people.slice(index + 1).some((of) => of.length > 0),
    passed: targets.slice(0, index),
  };
}

function explain({ people, member, hasOthers, passed }: Found, because: string) {
  const empty = passed.map(({ name }) => name).join(", ");
  const step = {
    step: "round robin",
    outcome: member?.name ?? "nobody",
    because: empty === "" ? because : `${because}; nobody is there for ${empty}`,
  };
  const told = people.map(({ userId, trace: [entered, ...rest] }) => ({
    userId,
    trace: [...(entered ? [entered] : []), step, ...rest],
  }));
  return { people: told, member, hasOthers };
}

function resolveTargets(
  targets: Level["targets"],
  level: number,
  policy: PolicySnapshot,
  facts: OnCallFacts,
): Told[] {
  const told = new Map<string, Told>();
  for (const target of targets) {
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
