import type { SupportHours } from "#lib/services/service";

/** What a level may point at. */
export const TARGET_TYPES = ["user", "schedule"] as const;
export type TargetType = (typeof TARGET_TYPES)[number];

/** When people are told that their on-call shift begins or ends: only if a service uses the policy, or always. */
export const HANDOFF_NOTIFICATIONS = ["if_has_services", "always"] as const;
export type HandoffNotifications = (typeof HANDOFF_NOTIFICATIONS)[number];

/**
 * Who of a level's targets is told. `round_robin`: each incident goes to the next of them. `round_robin_cycle`: and on to the one
 * after, every so many minutes, as long as the level lasts.
 */
export const STRATEGIES = ["everyone", "round_robin", "round_robin_cycle"] as const;
export type Strategy = (typeof STRATEGIES)[number];

/** What becomes of an incident that reaches a level outside its hours. */
export const OTHERWISE = ["skip", "wait"] as const;
export type Otherwise = (typeof OTHERWISE)[number];

/** The hours in which a level is used; equal times are the whole day. */
export type LevelCondition = SupportHours & { otherwise: Otherwise };

export type Target = { type: TargetType; id: string; name: string };

export type Level = {
  /** Stays the same while the level is edited and moved; null in copies from before levels had one. */
  id: string | null;
  delayMinutes: number;
  targets: readonly Target[];
  strategy: Strategy;
  /** Minutes per turn of `round_robin_cycle`, less than the delay. */
  cycleMinutes: number | null;
  /** Its people are told, but don't take the incident over. */
  notifyOnly: boolean;
  condition: LevelCondition | null;
};

/** What happens, once, when every level was told as often as the policy says and nobody acknowledged. */
export type NobodyAnswered = {
  tell: { type: "user"; id: string; name: string } | { type: "managers" } | null;
  raiseUrgency: boolean;
  /** The priority it gets unless it has a worse one. */
  priority: { id: string; name: string; rank: number } | null;
  /** The policy it is handed over to. */
  policy: { id: string; name: string } | null;
  /** Begin again until somebody acknowledges or it is resolved. */
  repeat: boolean;
};

/** As the policy itself keeps it: by id, so that what is renamed is shown by its new name. */
export type NobodyAnsweredSetting = {
  tell: { type: "user"; id: string } | { type: "managers" } | null;
  raiseUrgency: boolean;
  priorityId: string | null;
  policyId: string | null;
  repeat: boolean;
};

export const NOTHING_MORE: NobodyAnswered = {
  tell: null,
  raiseUrgency: false,
  priority: null,
  policy: null,
  repeat: false,
};

/** "Max is told, priority P1, it is handed over to Operations". */
export function endSentence({ tell, raiseUrgency, priority, policy, repeat }: NobodyAnswered): string {
  const parts = [
    tell === null ? "" : tell.type === "managers" ? "the team’s managers are told" : `${tell.name} is told`,
    priority === null ? "" : `it becomes ${priority.name}`,
    raiseUrgency ? "low urgency becomes high" : "",
    policy !== null
      ? `it is handed over to ${policy.name}`
      : repeat
        ? "it begins again until somebody acknowledges"
        : "the last level keeps the incident",
  ];
  return parts.filter((part) => part !== "").join(", ");
}

/** As it is saved. */
export function settingOf({
  tell,
  raiseUrgency,
  priority,
  policy,
  repeat,
}: NobodyAnswered): NobodyAnsweredSetting {
  return {
    tell: tell?.type === "user" ? { type: "user", id: tell.id } : tell,
    raiseUrgency,
    priorityId: priority?.id ?? null,
    policyId: policy?.id ?? null,
    repeat,
  };
}

/**
 * An escalation policy as an incident keeps it: copied when the incident opens (or is delegated), so that later edits and
 * deletions don't change who an open incident goes to. Schedules inside it are resolved live.
 */
export type PolicySnapshot = {
  policyId: string;
  /** Of the policy when it was copied; 0: from before copies kept it. */
  version: number;
  name: string;
  numLoops: number;
  teamId: string | null;
  fallbackUserId: string | null;
  nobodyAnswered: NobodyAnswered;
  levels: readonly Level[];
};

type Since = "id" | "strategy" | "cycleMinutes" | "notifyOnly" | "condition";
type StoredLevel = Omit<Level, Since> & Partial<Pick<Level, Since>>;

/** A copy as it may lie in the database: older ones lack what levels and policies learnt since. */
export type StoredPolicy = Omit<PolicySnapshot, "levels" | "version" | "nobodyAnswered"> & {
  version?: number;
  nobodyAnswered?: Partial<NobodyAnswered>;
  levels: readonly StoredLevel[];
};

/** A stored copy with everything that it lacks: a level without a strategy tells everyone, at all hours. */
export function completePolicy(stored: StoredPolicy): PolicySnapshot {
  return {
    ...stored,
    version: stored.version ?? 0,
    nobodyAnswered: { ...NOTHING_MORE, ...stored.nobodyAnswered },
    levels: stored.levels.map((level) => ({
      ...level,
      id: level.id ?? null,
      strategy: level.strategy ?? "everyone",
      cycleMinutes: level.cycleMinutes ?? null,
      notifyOnly: level.notifyOnly ?? false,
      condition: level.condition ?? null,
    })),
  };
}
