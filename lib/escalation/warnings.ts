type WarningKind =
  | "no_levels"
  | "nobody_takes"
  | "empty_level"
  | "same_people"
  | "deactivated"
  | "unreachable"
  | "slow_start";

/** `level` is 1-based; null: about the whole policy. */
export type PolicyWarning = { kind: WarningKind; level: number | null; text: string };

/** Somebody that a level would tell right now, and how many minutes after that the first notification is sent. */
type ReachablePerson = {
  userId: string;
  name: string;
  isReachable: boolean;
  firstStepMinutes: number;
};

export type LevelNow = {
  delayMinutes: number;
  /** Its people are only told. */
  notifyOnly: boolean;
  people: readonly ReachablePerson[];
  /** People named directly who may not be paged any more. */
  deactivated: readonly string[];
};

/** What would go wrong if this policy were used right now, level by level. */
export function warnAboutPolicy(levels: readonly LevelNow[]): PolicyWarning[] {
  if (levels.length === 0) {
    return [
      { kind: "no_levels", level: null, text: "The policy has no levels: incidents go to its fallback." },
    ];
  }
  const taking = levels.filter(({ notifyOnly }) => !notifyOnly);
  const nobodyTakes: PolicyWarning[] =
    taking.length > 0
      ? []
      : [
          {
            kind: "nobody_takes",
            level: null,
            text: "Every level only tells people: incidents go to the fallback.",
          },
        ];
  return [
    ...nobodyTakes,
    ...levels.flatMap((level, index) => [
      ...warnAboutLevel(level, index + 1),
      ...warnAboutRepetition(levels, index),
    ]),
  ];
}

function warnAboutLevel(level: LevelNow, number: number): PolicyWarning[] {
  const warn = (kind: WarningKind, text: string): PolicyWarning => ({ kind, level: number, text });
  const warnings = level.deactivated.map((name) =>
    warn("deactivated", `${name} is deactivated or may not respond, and is never told.`),
  );
  if (level.people.length === 0) {
    return [...warnings, warn("empty_level", `Nobody is on call at level ${number} right now.`)];
  }
  for (const { name, isReachable, firstStepMinutes } of level.people) {
    if (!isReachable) {
      warnings.push(warn("unreachable", `${name} can't be reached by any contact method.`));
    } else if (firstStepMinutes >= level.delayMinutes) {
      const text = `${name} is first told after ${firstStepMinutes} min, but level ${number} gives up after ${level.delayMinutes} min.`;
      warnings.push(warn("slow_start", text));
    }
  }
  return warnings;
}

/** A level that adds nobody asks only those again who didn't answer before. */
function warnAboutRepetition(levels: readonly LevelNow[], index: number): PolicyWarning[] {
  const people = levels[index]?.people ?? [];
  const before = levels
    .slice(0, index)
    .flatMap((level, at) => level.people.map(({ userId }) => ({ userId, number: at + 1 })));
  const again = people.flatMap(({ userId, name }) => {
    const earlier = before.find((person) => person.userId === userId);
    return earlier ? [`${name} (level ${earlier.number})`] : [];
  });
  if (people.length === 0 || again.length < people.length) return [];
  const text = `Level ${index + 1} tells nobody new: ${again.join(", ")}.`;
  return [{ kind: "same_people", level: index + 1, text }];
}
