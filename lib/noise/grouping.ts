import type { Lessons } from "#lib/noise/feedback";
import { LONGEST_GROUP_SECONDS } from "#lib/noise/grouping-setting";
import type { GroupingMode, GroupingSetting } from "#lib/noise/grouping-setting";
import { scorePair } from "#lib/noise/similarity";
import type { Adjacent, AlertFace, Score, ScoreFeatures } from "#lib/noise/similarity";

/** An open incident that an alert may join. */
export type OpenGroup = {
  incidentId: string;
  openedAt: Date;
  /** When an alert last came onto it. */
  lastAlertAt: Date;
  /** Its alerts, or the newest of each kind. */
  members: readonly AlertFace[];
};

/** Why an alert is on its incident, as it is kept with the alert and shown. */
export type GroupingReason = {
  mode: GroupingMode | "storm" | "person";
  joined: boolean;
  score: number | null;
  threshold: number | null;
  features: ScoreFeatures | null;
  /** The alert that it is like. */
  likeAlertId: string | null;
  sentence: string;
};

export type GroupingDecision =
  | { kind: "join"; incidentId: string; reason: GroupingReason }
  | { kind: "own"; reason: GroupingReason | null };

export type GroupingFacts = { lessons: Lessons; adjacent: Adjacent };

type Match = { group: OpenGroup; score: Score | null; like: AlertFace | null; words: string };

const NOTHING_OPEN = "No incident that still gathers alerts is open.";
const NOTHING_EQUAL = "No open incident has an alert with the same fields.";

const NOT_SCORED = { score: null, threshold: null, features: null, likeAlertId: null };

/**
 * Which open incident an alert belongs to. The best score wins, then the newest incident; an incident past its window or a day old
 * takes none. Grouping off, or no match: the alert opens an incident of its own, so no alert is ever without one.
 */
export function decideGroup(
  alert: AlertFace,
  setting: GroupingSetting,
  groups: readonly OpenGroup[],
  facts: GroupingFacts,
  at: Date,
): GroupingDecision {
  if (setting.mode === "off") return { kind: "own", reason: null };
  const open = groups.filter((group) => isOpen(group, setting, at));
  if (setting.mode === "time") return byTime(setting, open, at);
  const [best] = open
    .flatMap((group) => bestMember(alert, setting, group, facts))
    .toSorted(byScoreThenNewest);
  if (!best) return own(setting, open.length === 0 ? NOTHING_OPEN : NOTHING_EQUAL);
  return best.score && best.score.score < setting.threshold
    ? tooFar(setting, best, best.score)
    : joins(setting, best);
}

function joins(setting: GroupingSetting, { group, score, like, words }: Match): GroupingDecision {
  const reason = {
    mode: setting.mode,
    joined: true,
    score: score?.score ?? null,
    threshold: score ? setting.threshold : null,
    features: score?.features ?? null,
    likeAlertId: like?.alertId ?? null,
    sentence: `${sentence(words)}.`,
  };
  return { kind: "join", incidentId: group.incidentId, reason };
}

function tooFar(setting: GroupingSetting, { like }: Match, score: Score): GroupingDecision {
  const reason = {
    mode: setting.mode,
    joined: false,
    score: score.score,
    threshold: setting.threshold,
    features: score.features,
    likeAlertId: like?.alertId ?? null,
    sentence: `The nearest alert of an open incident, “${like?.summary ?? ""}”, scores ${score.score}; ${setting.threshold} is needed.`,
  };
  return { kind: "own", reason };
}

function isOpen(group: OpenGroup, setting: GroupingSetting, at: Date): boolean {
  if (secondsBetween(group.openedAt, at) > LONGEST_GROUP_SECONDS) {
    return setting.mode === "time" && setting.windowSeconds === 0;
  }
  if (setting.mode !== "time") return secondsBetween(group.lastAlertAt, at) <= setting.windowSeconds;
  return setting.windowSeconds === 0 || secondsBetween(group.openedAt, at) <= setting.windowSeconds;
}

function byTime(setting: GroupingSetting, open: readonly OpenGroup[], at: Date): GroupingDecision {
  const [newest] = open.toSorted(newestFirst);
  if (!newest) return own(setting, NOTHING_OPEN);
  const minutes = Math.floor(secondsBetween(newest.openedAt, at) / 60);
  const limit =
    setting.windowSeconds === 0
      ? "it gathers alerts for as long as it is open"
      : `it gathers alerts for ${setting.windowSeconds / 60} min`;
  const sentence = `The incident was opened ${minutes} min before, and ${limit}.`;
  return {
    kind: "join",
    incidentId: newest.incidentId,
    reason: { ...NOT_SCORED, mode: "time", joined: true, sentence },
  };
}

function own(setting: GroupingSetting, sentence: string): GroupingDecision {
  return { kind: "own", reason: { ...NOT_SCORED, mode: setting.mode, joined: false, sentence } };
}

/** The member of a group that is most like the alert, among those whose fields agree where content counts. */
function bestMember(
  alert: AlertFace,
  setting: GroupingSetting,
  group: OpenGroup,
  facts: GroupingFacts,
): Match[] {
  let best: Match | null = null;
  for (const member of group.members) {
    const equal = setting.mode === "similarity" ? [] : equalFields(alert, member, setting);
    if (equal === null) continue;
    if (setting.mode === "content") return [{ group, score: null, like: member, words: sameWords(equal) }];
    const score = scorePair(alert, member, facts.lessons, facts.adjacent);
    if (best?.score && best.score.score >= score.score) continue;
    best = { group, score, like: member, words: scoreWords(score, member, setting, equal) };
  }
  return best ? [best] : [];
}

/** The fields that agree; null when too few do. A field that either lacks never agrees. */
function equalFields(a: AlertFace, b: AlertFace, setting: GroupingSetting): string[] | null {
  const equal = setting.fields.filter((field) => {
    const value = a.values[field] ?? null;
    return value !== null && value === b.values[field];
  });
  const enough = setting.aggregate === "all" ? equal.length === setting.fields.length : equal.length > 0;
  return enough && equal.length > 0 ? equal : null;
}

function sameWords(fields: readonly string[]): string {
  return `same ${fields.join(", ")}`;
}

function scoreWords(score: Score, member: AlertFace, setting: GroupingSetting, equal: string[]): string {
  const { features, lesson } = score;
  const parts = [
    ...(equal.length > 0 ? [sameWords(equal)] : []),
    `${Math.round(features.wording * 100)} % of the words agree`,
    ...(features.sameTemplate ? ["the same kind of text"] : []),
    ...(features.adjacent ? ["one service depends on the other"] : []),
    ...(lesson.together > 0 ? [`people put the two together ${times(lesson.together)}`] : []),
    ...(lesson.apart > 0 ? [`people put them apart ${times(lesson.apart)}`] : []),
  ];
  return `like “${member.summary}” (${parts.join(", ")}; score ${score.score}, ${setting.threshold} is needed)`;
}

function sentence(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function times(count: number): string {
  return count === 1 ? "once" : `${count} times`;
}

function byScoreThenNewest(a: Match, b: Match): number {
  return (b.score?.score ?? 1) - (a.score?.score ?? 1) || newestFirst(a.group, b.group);
}

function newestFirst(a: OpenGroup, b: OpenGroup): number {
  return b.openedAt.getTime() - a.openedAt.getTime() || b.incidentId.localeCompare(a.incidentId);
}

function secondsBetween(from: Date, to: Date): number {
  return (to.getTime() - from.getTime()) / 1000;
}
