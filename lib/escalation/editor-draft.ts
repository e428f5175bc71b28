import type {
  HandoffNotifications,
  Level,
  NobodyAnswered,
  NobodyAnsweredSetting,
  TargetType,
} from "#lib/escalation/policy";
import { settingOf } from "#lib/escalation/policy";

export type DraftTarget = { type: TargetType; id: string };

/** `key` is the id of a saved level. */
export type DraftLevel = Omit<Level, "id" | "targets"> & { key: string; targets: DraftTarget[] };

/** A policy in the editor. */
export type PolicyDraft = {
  name: string;
  description: string;
  teamId: string | null;
  numLoops: number;
  fallbackUserId: string | null;
  onCallHandoffNotifications: HandoffNotifications;
  nobodyAnswered: NobodyAnsweredSetting;
  levels: DraftLevel[];
};

type Saved = {
  name: string;
  description: string | null;
  team: { id: string } | null;
  numLoops: number;
  fallback: { id: string } | null;
  onCallHandoffNotifications: HandoffNotifications;
  nobodyAnswered: NobodyAnswered;
  levels: readonly (Omit<Level, "id" | "targets"> & { id: string; targets: readonly DraftTarget[] })[];
};

/** A level that tells everyone at all hours. */
export function newLevel(key: string, delayMinutes: number): DraftLevel {
  const how = { strategy: "everyone", cycleMinutes: null, notifyOnly: false, condition: null } as const;
  return { key, delayMinutes, targets: [], ...how };
}

export const NEW_POLICY: PolicyDraft = {
  name: "",
  description: "",
  teamId: null,
  numLoops: 1,
  fallbackUserId: null,
  onCallHandoffNotifications: "if_has_services",
  nobodyAnswered: { tell: null, raiseUrgency: false, priorityId: null, policyId: null, repeat: false },
  levels: [newLevel("1", 5), newLevel("2", 10)],
};

/** What is saved, to be edited. */
export function policyDraftOf(policy: Saved): PolicyDraft {
  return {
    name: policy.name,
    description: policy.description ?? "",
    teamId: policy.team?.id ?? null,
    numLoops: policy.numLoops,
    fallbackUserId: policy.fallback?.id ?? null,
    onCallHandoffNotifications: policy.onCallHandoffNotifications,
    nobodyAnswered: settingOf(policy.nobodyAnswered),
    levels: policy.levels.map(
      ({ id, delayMinutes, strategy, cycleMinutes, notifyOnly, condition, targets }) => ({
        key: id,
        delayMinutes,
        strategy,
        cycleMinutes,
        notifyOnly,
        condition,
        targets: targets.map((target) => ({ type: target.type, id: target.id })),
      }),
    ),
  };
}

/** The draft as it is saved. */
export function policyInputOf({ levels, ...settings }: PolicyDraft) {
  // What is no id of a saved level is the editor's own.
  return {
    ...settings,
    levels: levels.map(({ key, ...level }) => ({ ...level, id: isSaved(key) ? key : null })),
  };
}

function isSaved(key: string): boolean {
  return /^[A-Z]/.test(key);
}

/** The draft as it can be tried out while it is being written: waits that are none yet count as a minute. */
export function trialOfDraft(draft: PolicyDraft) {
  const { description: _description, onCallHandoffNotifications: _told, ...input } = policyInputOf(draft);
  const levels = input.levels.map((level) => ({
    ...level,
    delayMinutes: Math.min(1440, Math.max(1, Math.round(level.delayMinutes))),
    cycleMinutes: level.cycleMinutes === null ? null : Math.max(1, Math.round(level.cycleMinutes)),
  }));
  return { ...input, levels };
}

/** What the draft changes, one phrase each. */
export function policyChanges(base: PolicyDraft, draft: PolicyDraft): string[] {
  const settings = (
    [
      "name",
      "description",
      "teamId",
      "numLoops",
      "fallbackUserId",
      "nobodyAnswered",
      "onCallHandoffNotifications",
    ] as const
  )
    .filter((field) => JSON.stringify(base[field]) !== JSON.stringify(draft[field]))
    .map((field) => SETTINGS[field]);
  const added = draft.levels.filter(({ key }) => !base.levels.some((level) => level.key === key));
  const removed = base.levels.filter(({ key }) => !draft.levels.some((level) => level.key === key));
  const kept = draft.levels.flatMap((level, index) => {
    const former = base.levels.find(({ key }) => key === level.key);
    return former ? levelChanges(former, level, index + 1) : [];
  });
  const order = (levels: readonly DraftLevel[], other: readonly DraftLevel[]) =>
    levels.map(({ key }) => key).filter((key) => other.some((level) => level.key === key));
  const isReordered = order(base.levels, draft.levels).join() !== order(draft.levels, base.levels).join();
  return [
    ...settings,
    ...(added.length === 0 ? [] : [added.length === 1 ? "1 level added" : `${added.length} levels added`]),
    ...(removed.length === 0
      ? []
      : [removed.length === 1 ? "1 level removed" : `${removed.length} levels removed`]),
    ...kept,
    ...(isReordered ? ["Order of levels"] : []),
  ];
}

const SETTINGS = {
  name: "Name",
  description: "Description",
  teamId: "Team",
  numLoops: "Repetitions",
  fallbackUserId: "Fallback",
  nobodyAnswered: "When nobody answered",
  onCallHandoffNotifications: "Hand-off notifications",
} as const;

function way({ strategy, cycleMinutes, notifyOnly }: DraftLevel): string {
  return [strategy, cycleMinutes, notifyOnly].join();
}

function levelChanges(former: DraftLevel, level: DraftLevel, position: number): string[] {
  const ids = ({ targets }: DraftLevel) => targets.map(({ id }) => id).join();
  return [
    ...(ids(former) === ids(level) ? [] : [`Who is told at level ${position}`]),
    ...(former.delayMinutes === level.delayMinutes ? [] : [`Wait after level ${position}`]),
    ...(way(former) === way(level) ? [] : [`How level ${position} tells`]),
    ...(JSON.stringify(former.condition) === JSON.stringify(level.condition)
      ? []
      : [`Hours of level ${position}`]),
  ];
}
