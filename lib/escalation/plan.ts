import { choosePeople, isStaffed, nextMember } from "#lib/escalation/choose-people";
import type { Chosen, Members, OnCallFacts, Told } from "#lib/escalation/choose-people";
import { hoursSentence, openingAt } from "#lib/escalation/condition";
import { planFallback } from "#lib/escalation/fallback";
import type { Level, LevelCondition, PolicySnapshot } from "#lib/escalation/policy";
import type { RingTurn } from "#lib/escalation/ring";

/** Level 0: none was entered yet. `turn` counts the turns within a level that hands on, from 0. */
export type Position = { level: number; loop: number; turn: number };

export const TOP: Position = { level: 0, loop: 0, turn: 0 };

/** Where an incident stands when it is asked what comes next. */
export type Standing = Position & {
  members: Members;
  /** Somebody who can be paged has it: nothing is lost while a level is waited for, or others are only told. */
  isHeld: boolean;
  /** A person asked for it: no level is waited for, turns within a level are over, and `level` is entered at any hour. */
  byHand?: { level: number | null };
};

export type Skipped = {
  level: number;
  because: string;
  /** Nobody was there although the level was in use: a coverage gap. */
  isGap: boolean;
};

type Plan = {
  position: Position;
  /** People who are only told, from levels passed on the way or entered. */
  told: (Told & { level: number })[];
  skipped: Skipped[];
  /** True when the plan went back to level 1. */
  repeated: boolean;
};

export type EscalationDecision =
  | (Plan & {
      kind: "enter";
      people: Told[];
      delayMinutes: number;
      /** The incident's turns, with the one taken now. */
      members: Members;
      rings: RingTurn[];
      /** The same level hands on. */
      isNextTurn: boolean;
    })
  | (Plan & { kind: "tell"; delayMinutes: number })
  | (Plan & { kind: "wait"; level: number; until: Date; because: string })
  | (Plan & { kind: "fallback"; people: Told[]; delayMinutes: number; because: string })
  | (Plan & { kind: "nobody"; because: string })
  | { kind: "exhausted"; skipped: Skipped[]; because: string };

/** Beyond its passes a policy begins again no more often than this. */
const LEAST_REPEAT_MINUTES = 10;
const RETRY_MINUTES = 5;
/** Later than any turn within a level: no level lasts longer than so many minutes. */
const LAST_TURN = 1440;

/**
 * Decides what comes next for an incident. Levels at which nobody is on call, or outside their hours, are skipped at once with the
 * reason; one that is waited for is, unless the incident would be nobody's meanwhile. Levels that only tell don't take it over, and
 * are passed at once while nobody has it. When no level has anybody, the fallback is told: the policy's own person, else the
 * team's managers, else the organisation's catch-all. While there is nobody there either it never gives up; once a level has
 * somebody again, whoever the fallback was, that level is told. It always ends: each level is looked at once.
 */
export function planEscalation(
  policy: PolicySnapshot,
  from: Standing,
  facts: OnCallFacts,
): EscalationDecision {
  const turn = planTurn(policy, from, facts);
  if (turn) return turn;
  const skipped: Skipped[] = [];
  const told: Plan["told"] = [];
  let position = next(policy, from);
  for (let looks = 0; position && looks < policy.levels.length; looks += 1) {
    const repeated = position.loop > from.loop;
    const found = lookAt(policy, position, from, facts);
    if (found.kind === "skip") {
      skipped.push({ level: position.level, because: found.because, isGap: found.isGap });
    } else if (found.kind === "told") told.push(...found.told);
    else {
      const taken = found.kind === "enter" ? found.people : [];
      return { ...found, told: without([...told, ...found.told], taken), skipped, repeated };
    }
    position = next(policy, position);
  }
  const anybody = policy.levels.some(
    ({ notifyOnly }, index) => (from.isHeld || !notifyOnly) && isStaffed(policy, index + 1, facts),
  );
  if (anybody) {
    return { kind: "exhausted", skipped, because: "Every level of the policy was told." };
  }
  const decision = planFallback(policy, from, facts);
  if (decision.kind === "exhausted") return { ...decision, skipped };
  const taken = decision.kind === "fallback" ? decision.people : [];
  return { ...decision, told: without(told, taken), skipped, repeated: false };
}

/** When the next step is due; where nobody could be told, until it is tried again. */
export function nextDueAt(decision: Exclude<EscalationDecision, { kind: "exhausted" }>, at: Date): Date {
  if (decision.kind === "wait") return decision.until;
  const minutes = decision.kind === "nobody" ? RETRY_MINUTES : decision.delayMinutes;
  return new Date(at.getTime() + minutes * 60_000);
}

type Bare<Decision> = Decision extends unknown ? Omit<Decision, "skipped" | "repeated"> : never;

type Found =
  | Bare<Extract<EscalationDecision, { kind: "enter" | "tell" | "wait" }>>
  | { kind: "skip"; because: string; isGap: boolean }
  | { kind: "told"; told: Plan["told"] };

function lookAt(policy: PolicySnapshot, position: Position, from: Standing, facts: OnCallFacts): Found {
  const level = policy.levels[position.level - 1];
  if (!level) return { kind: "skip", because: "The policy has no such level.", isGap: false };
  if (level.condition && from.byHand?.level !== position.level) {
    // The fallback only stands in: it doesn't keep an incident until some level's hours begin.
    const mayWait = from.isHeld && !from.byHand && from.level <= policy.levels.length;
    const outside = outsideHours(level.condition, position, mayWait, facts.at);
    if (outside) return outside;
  }
  const chosen = chooseAt(policy, level, position, from, facts);
  if (chosen.people.length === 0) {
    return { kind: "skip", because: emptyBecause(level, position.level), isGap: true };
  }
  if (!level.notifyOnly) return enter(policy, level, position, from.members, chosen);
  const told = chosen.people.map((person) => ({ ...person, level: position.level }));
  if (!from.isHeld) return { kind: "told", told };
  return { kind: "tell", position, told, delayMinutes: waitAfter(policy, position, level.delayMinutes) };
}

/** What becomes of a level outside its hours; null within them. */
function outsideHours(
  condition: LevelCondition,
  position: Position,
  mayWait: boolean,
  now: Date,
): Found | null {
  const opening = openingAt(condition, now);
  if (opening.isOpen) return null;
  const hours = `Level ${position.level} is used ${hoursSentence(condition)}`;
  if (condition.otherwise === "skip") return { kind: "skip", because: `${hours}.`, isGap: false };
  if (!mayWait || !opening.opensAt) {
    return { kind: "skip", because: `${hours}, and is not waited for now.`, isGap: false };
  }
  return {
    kind: "wait",
    level: position.level,
    until: opening.opensAt,
    because: `${hours}: waiting for it.`,
    // Those before it were looked at, and are not again.
    position: { level: position.level - 1, loop: position.loop, turn: LAST_TURN },
    told: [],
  };
}

/** A new pass over a level that hands on begins after whoever had it last there and didn't answer. */
function chooseAt(
  policy: PolicySnapshot,
  level: Level,
  position: Position,
  from: Standing,
  facts: OnCallFacts,
): Chosen {
  const onward =
    level.strategy === "round_robin_cycle" && position.loop > from.loop
      ? nextMember(policy, position.level, facts, from.members)
      : null;
  if (onward && onward.people.length > 0) return onward;
  return choosePeople(policy, position.level, facts, from.members);
}

/** The next member of a level that hands on while its time lasts; null when the level is over. */
function planTurn(
  policy: PolicySnapshot,
  from: Standing,
  facts: OnCallFacts,
): Extract<EscalationDecision, { kind: "enter" }> | null {
  const level = policy.levels[from.level - 1];
  if (!level || from.byHand || level.notifyOnly || level.strategy !== "round_robin_cycle") return null;
  const turn = from.turn + 1;
  if (turn * (level.cycleMinutes ?? level.delayMinutes) >= level.delayMinutes) return null;
  const chosen = nextMember(policy, from.level, facts, from.members);
  if (chosen.people.length === 0) return null;
  const position = { level: from.level, loop: from.loop, turn };
  const entered = enter(policy, level, position, from.members, chosen);
  return { ...entered, isNextTurn: true, skipped: [], repeated: false };
}

function enter(
  policy: PolicySnapshot,
  level: Level,
  position: Position,
  members: Members,
  chosen: Chosen,
): Bare<Extract<EscalationDecision, { kind: "enter" }>> {
  const { people, member, turn } = chosen;
  return {
    kind: "enter",
    position,
    people,
    told: [],
    delayMinutes: waitAfter(policy, position, turnMinutes(level, position.turn, chosen.hasOthers)),
    members: member && level.id !== null ? { ...members, [level.id]: member.id } : members,
    rings: turn ? [turn] : [],
    isNextTurn: false,
  };
}

/** A level that hands on does so while others could take a turn; whoever is alone has all the time that is left. */
function turnMinutes({ delayMinutes, cycleMinutes }: Level, turn: number, hasOthers: boolean): number {
  const left = delayMinutes - turn * (cycleMinutes ?? 0);
  return cycleMinutes !== null && hasOthers ? Math.min(cycleMinutes, left) : left;
}

function waitAfter(policy: PolicySnapshot, position: Position, minutes: number): number {
  const isLast = position.level >= policy.levels.length;
  return isLast && position.loop > policy.numLoops ? Math.max(minutes, LEAST_REPEAT_MINUTES) : minutes;
}

function next(policy: PolicySnapshot, from: Position): Position | null {
  if (from.level < policy.levels.length) return { level: from.level + 1, loop: from.loop, turn: 0 };
  // The fallback stood in for levels without anybody: that was no pass over them.
  const stoodIn = from.level > policy.levels.length;
  const isLeft = stoodIn || from.loop < policy.numLoops || policy.nobodyAnswered.repeat;
  return isLeft && policy.levels.length > 0 ? { level: 1, loop: from.loop + 1, turn: 0 } : null;
}

/** Whoever takes it over needn't be told beside; nobody is told twice. */
function without(told: Plan["told"], people: readonly Told[]): Plan["told"] {
  const known = new Set(people.map(({ userId }) => userId));
  return told.filter(({ userId }) => {
    const isNew = !known.has(userId);
    known.add(userId);
    return isNew;
  });
}

function emptyBecause({ targets }: Level, level: number): string {
  if (targets.length === 0) return `Level ${level} names nobody.`;
  return `Nobody is on call at level ${level} (${targets.map((target) => target.name).join(", ")}).`;
}
