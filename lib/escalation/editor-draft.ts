import type { HandoffNotifications, TargetType } from "#lib/escalation/policy";

export type DraftTarget = { type: TargetType; id: string };

export type DraftLevel = { key: string; delayMinutes: number; targets: DraftTarget[] };

/** A policy in the editor. */
export type PolicyDraft = {
  name: string;
  description: string;
  teamId: string | null;
  numLoops: number;
  fallbackUserId: string | null;
  onCallHandoffNotifications: HandoffNotifications;
  levels: DraftLevel[];
};

type Saved = {
  name: string;
  description: string | null;
  team: { id: string } | null;
  numLoops: number;
  fallback: { id: string } | null;
  onCallHandoffNotifications: HandoffNotifications;
  levels: readonly { id: string; delayMinutes: number; targets: readonly DraftTarget[] }[];
};

export const NEW_POLICY: PolicyDraft = {
  name: "",
  description: "",
  teamId: null,
  numLoops: 1,
  fallbackUserId: null,
  onCallHandoffNotifications: "if_has_services",
  levels: [
    { key: "1", delayMinutes: 5, targets: [] },
    { key: "2", delayMinutes: 10, targets: [] },
  ],
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
    levels: policy.levels.map(({ id, delayMinutes, targets }) => ({
      key: id,
      delayMinutes,
      targets: targets.map((target) => ({ type: target.type, id: target.id })),
    })),
  };
}

/** The draft as it is saved. */
export function policyInputOf({ levels, ...settings }: PolicyDraft) {
  return { ...settings, levels: levels.map(({ delayMinutes, targets }) => ({ delayMinutes, targets })) };
}

/** The draft as it can be tried out while it is being written: waits that are none yet count as a minute. */
export function trialOfDraft(draft: PolicyDraft) {
  const { description: _description, onCallHandoffNotifications: _told, ...input } = policyInputOf(draft);
  const levels = input.levels.map((level) => ({
    ...level,
    delayMinutes: Math.min(1440, Math.max(1, Math.round(level.delayMinutes))),
  }));
  return { ...input, levels };
}

/** What the draft changes, one phrase each. */
export function policyChanges(base: PolicyDraft, draft: PolicyDraft): string[] {
  const settings = (
    ["name", "description", "teamId", "numLoops", "fallbackUserId", "onCallHandoffNotifications"] as const
  )
    .filter((field) => base[field] !== draft[field])
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
  onCallHandoffNotifications: "Hand-off notifications",
} as const;

function levelChanges(former: DraftLevel, level: DraftLevel, position: number): string[] {
  const ids = ({ targets }: DraftLevel) => targets.map(({ id }) => id).join();
  return [
    ...(ids(former) === ids(level) ? [] : [`Who is told at level ${position}`]),
    ...(former.delayMinutes === level.delayMinutes ? [] : [`Wait after level ${position}`]),
  ];
}
