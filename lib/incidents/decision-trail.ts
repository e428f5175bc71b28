import type { PolicySnapshot } from "#lib/escalation/policy";
import type { LogEntryType, Urgency } from "#lib/incidents/vocabulary";

/** One line of the timeline as far as the trail looks at it. */
export type TrailEntry = { type: LogEntryType; at: Date; actorName: string; data: Record<string, unknown> };

/** Who was on call in a schedule at the instant a level was entered. */
export type ThenOnCall = {
  scheduleId: string;
  at: Date;
  people: { userId: string; name: string; because: string }[];
};

export type TrailFacts = {
  person: { id: string; name: string };
  incident: {
    number: number;
    urgency: Urgency;
    isOpen: boolean;
    policy: Pick<PolicySnapshot, "name" | "levels">;
    assignedDirectly: boolean;
  };
  /** Oldest first. */
  entries: readonly TrailEntry[];
  /** The policy's schedules in which the person had a place at the time. */
  memberOf: ReadonlySet<string>;
  onCallThen: readonly ThenOnCall[];
  /** The person can't be paged now: deactivated, or a role that only reads. */
  mayBePagedNow: boolean;
};

/** One reason why somebody was not paged, with the facts it rests on. */
export type WhyNot = { sentence: string; because: string; at: Date | null };

const ENTERING: readonly LogEntryType[] = ["assign", "escalate", "handoff"];
const STOPPING: Partial<Record<LogEntryType, string>> = {
  acknowledge: "acknowledged it",
  snooze: "snoozed it",
  resolve: "resolved it",
  merge: "merged it into another incident",
  delegate: "handed it to another policy",
};

/**
 * Why a person was never paged about an incident, from what was stored: level by level of its policy as it was then. Says "not known"
 * where the facts don't tell.
 */
export function whyNotPaged(facts: TrailFacts): WhyNot[] {
  const { incident, person } = facts;
  const concerned = incident.policy.levels.flatMap(({ targets }, index) => {
    const mine = targets.filter(({ type, id }) =>
      type === "user" ? id === person.id : facts.memberOf.has(id),
    );
    return mine.length > 0 ? [{ level: index + 1, targets: mine }] : [];
  });
  if (concerned.length === 0) return [notOnPolicy(facts)];
  return concerned.flatMap(({ level, targets }) => {
    const entered = facts.entries.filter(
      (entry) => ENTERING.includes(entry.type) && entry.data["level"] === level,
    );
    if (entered.length === 0) return [notReached(facts, level)];
    return entered.flatMap(({ at }) => targets.map((target) => notThere(facts, { level, at, target })));
  });
}

function notOnPolicy({ incident, person, entries, mayBePagedNow }: TrailFacts): WhyNot {
  const first = entries.find(({ type }) => type === "assign");
  if (incident.assignedDirectly && first) {
    return {
      sentence: "It was given to somebody else by hand.",
      because: `${first.actorName} chose who gets it, so nobody on call was asked.`,
      at: first.at,
    };
  }
  return {
    sentence: `${person.name} was on no level of ${incident.policy.name}.`,
    because: mayBePagedNow
      ? "Neither by name nor by a schedule, as the policy was when the incident took it."
      : "And people with this role, or who are deactivated, are never paged.",
    at: null,
  };
}

type Place = {
  level: number;
  at: Date;
  target: { type: "user" | "schedule"; id: string; name: string };
};

function notThere({ person, onCallThen, mayBePagedNow }: TrailFacts, { level, at, target }: Place): WhyNot {
  if (target.type === "user") {
    return {
      sentence: `Level ${level} names them, and they were not paged.`,
      because: mayBePagedNow
        ? "Why is not known."
        : "They can't be paged: deactivated, or with a role that only reads.",
      at,
    };
  }
  const then = onCallThen.find((one) => one.scheduleId === target.id && one.at.getTime() === at.getTime());
  if (!then)
    return { sentence: `Who was on call in ${target.name} is not known.`, because: "Not known.", at };
  if (then.people.some(({ userId }) => userId === person.id)) {
    return {
      sentence: `${target.name} has them on call for that instant now.`,
      because: "The page was decided otherwise: the schedule was changed since, or why is not known.",
      at,
    };
  }
  const others = then.people.map(({ name, because }) => `${name} (${because})`).join(", ");
  return {
    sentence: `Not on call then: level ${level} asked ${target.name}.`,
    because: others === "" ? "Nobody was on call in it." : `It had ${others}.`,
    at,
  };
}

function notReached({ incident, entries }: TrailFacts, level: number): WhyNot {
  const skipped = entries.find(({ type, data }) => type === "skip_level" && data["level"] === level);
  if (skipped) {
    const { because } = skipped.data;
    return {
      sentence: `Level ${level} was passed over.`,
      because: typeof because === "string" ? because : "Not known.",
      at: skipped.at,
    };
  }
  const stopped = entries.find(({ type }) => STOPPING[type] !== undefined);
  if (stopped) {
    return {
      sentence: `Level ${level} was not reached.`,
      because: `${stopped.actorName} ${STOPPING[stopped.type]} before.`,
      at: stopped.at,
    };
  }
  if (incident.urgency === "low") {
    return {
      sentence: `Level ${level} was not reached.`,
      because: "Low urgency stays with the level that was told first, unless its service lets it escalate.",
      at: null,
    };
  }
  return incident.isOpen
    ? {
        sentence: `Level ${level} has not been reached yet.`,
        because: "The levels before it are asked first.",
        at: null,
      }
    : { sentence: `Level ${level} was not reached.`, because: "Why is not known.", at: null };
}
