type WarningKind = "no_levels" | "empty_level" | "same_people" | "deactivated" | "unreachable" | "slow_start";

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
  return levels.flatMap((level, index) => warnAboutLevel(level, index + 1, levels[index - 1]));
}

function warnAboutLevel(level: LevelNow, number: number, previous: LevelNow | undefined): PolicyWarning[] {
  const warn = (kind: WarningKind, text: string): PolicyWarning => ({ kind, level: number, text });
  const warnings = level.deactivated.map((name) =>
    warn("deactivated", `${name} is deactivated or may not respond, and is never told.`),
  );
  if (level.people.length === 0) {
    return [...warnings, warn("empty_level", `Nobody is on call at level ${number} right now.`)];
  }
  if (previous && isSame(previous, level)) {
    const names = level.people.map(({ name }) => name).join(", ");
    warnings.push(warn("same_people", `Level ${number} tells the same as level ${number - 1}: ${names}.`));
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

function isSame(a: LevelNow, b: LevelNow): boolean {
  const ids = new Set(a.people.map(({ userId }) => userId));
  return (
    ids.size === new Set(b.people.map(({ userId }) => userId)).size &&
    b.people.every(({ userId }) => ids.has(userId))
  );
}
