/** What a level may point at. */
export const TARGET_TYPES = ["user", "schedule"] as const;
export type TargetType = (typeof TARGET_TYPES)[number];

/** When people are told that their on-call shift begins or ends: only if a service uses the policy, or always. */
export const HANDOFF_NOTIFICATIONS = ["if_has_services", "always"] as const;
export type HandoffNotifications = (typeof HANDOFF_NOTIFICATIONS)[number];

export type Target = { type: TargetType; id: string; name: string };

export type Level = { delayMinutes: number; targets: readonly Target[] };

/**
 * An escalation policy as an incident keeps it: copied when the incident opens (or is delegated), so that later edits and
 * deletions don't change who an open incident goes to. Schedules inside it are resolved live.
 */
export type PolicySnapshot = {
  policyId: string;
  name: string;
  numLoops: number;
  teamId: string | null;
  fallbackUserId: string | null;
  levels: readonly Level[];
};
