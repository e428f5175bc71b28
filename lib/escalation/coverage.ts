import { openTimes } from "#lib/escalation/condition";
import type { Level } from "#lib/escalation/policy";
import { complement, intersect, union } from "#lib/time/interval";
import type { Interval } from "#lib/time/interval";

/** When one target is anybody, within a period; both sorted and apart. */
export type TargetTimes = {
  /** Somebody is on call, or is declared not to be needed. */
  covered: readonly Interval[];
  /** Somebody is on call. */
  onCall: readonly Interval[];
  /** Somebody is on call who can be reached. */
  reachable: readonly Interval[];
};

export type CoveredLevel = Pick<Level, "notifyOnly" | "condition"> & { targets: readonly TargetTimes[] };

export type PolicyCoverage = {
  /** Per level the times at which it is used and has nobody. */
  levels: Interval[][];
  /** No level has anybody: incidents would go to the fallback. */
  uncovered: Interval[];
  /** Somebody is on call, but at no level anybody who can be reached. */
  unreachable: Interval[];
};

/**
 * At which instants of `range` a policy would tell nobody, by intervals, not by samples. Levels that only tell cover nothing, and a
 * level covers the hours in which it is used alone.
 */
export function coverageOf(levels: readonly CoveredLevel[], range: Interval): PolicyCoverage {
  const used = levels.map((level) => ({ ...level, open: openTimes(level.condition, range) }));
  const taking = used.filter(({ notifyOnly }) => !notifyOnly);
  const during = (times: keyof TargetTimes) =>
    union(
      taking.flatMap(({ targets, open }) =>
        intersect(open, union(targets.flatMap((target) => [...target[times]]))),
      ),
    );
  const covered = during("covered");
  return {
    levels: used.map(({ targets, open }) =>
      intersect(open, complement(range, union(targets.flatMap((target) => [...target.covered])))),
    ),
    uncovered: complement(range, covered),
    unreachable: intersect(complement(range, during("reachable")), during("onCall")),
  };
}

/** A time found before, as it is kept. */
export type KnownGap = Interval & { id: string; isUnreachable: boolean; reminded: boolean };

export type FoundGap = Interval & { isUnreachable: boolean };

export type GapChanges = {
  /** New ones: their people are told at once. */
  opened: FoundGap[];
  /** Known ones whose times moved. */
  moved: (Interval & { id: string })[];
  /** Known ones that begin within a day and were found earlier than that: told once more. */
  due: KnownGap[];
  /** Known ones that are covered by now. */
  closed: KnownGap[];
};

const DAY = 86_400_000;

/** What to tell of the gaps of one policy: a gap that overlaps a known one of its kind is that one. Each is told when it is found and a day before. */
export function compareGaps(known: readonly KnownGap[], found: readonly FoundGap[], now: number): GapChanges {
  const changes: GapChanges = { opened: [], moved: [], due: [], closed: [] };
  const left = new Set(known);
  for (const gap of found) {
    const same = [...left].find((other) => other.isUnreachable === gap.isUnreachable && overlaps(other, gap));
    if (!same) {
      changes.opened.push(gap);
      continue;
    }
    left.delete(same);
    // One that has begun is seen from now on; when it began stays known.
    const start = gap.start <= now ? Math.min(same.start, gap.start) : gap.start;
    if (start !== same.start || gap.end !== same.end)
      changes.moved.push({ id: same.id, start, end: gap.end });
    if (!same.reminded && start > now && start <= now + DAY)
      changes.due.push({ ...same, start, end: gap.end });
  }
  changes.closed = [...left].filter(({ end }) => end > now);
  return changes;
}

/** Whether a new one begins so soon that being told now is all there is. */
export function beginsWithinADay({ start }: Interval, now: number): boolean {
  return start <= now + DAY;
}

function overlaps(a: Interval, b: Interval): boolean {
  return a.start < b.end && b.start < a.end;
}
