import { decideGroup } from "#lib/noise/grouping";
import type { GroupingFacts, GroupingReason, OpenGroup } from "#lib/noise/grouping";
import type { GroupingSetting } from "#lib/noise/grouping-setting";
import { withMember } from "#lib/noise/replay";
import type { AlertFace } from "#lib/noise/similarity";

/** Where a new alert goes: an incident of its own, one that is open, or the one that another new alert opens. */
export type Gathered =
  | { way: "opens"; reason: GroupingReason | null }
  | { way: "joins"; incidentId: string; reason: GroupingReason }
  | { way: "follows"; leaderId: string; reason: GroupingReason };

export type Newcomer = {
  face: AlertFace;
  setting: GroupingSetting;
  /** Names what it may be put together with: equal for services of one set. */
  scope: string;
  /** A storm of its scope: everything goes onto its incident, or onto that of the first alert if it has none. */
  storm: { incidentId: string | null } | null;
};

type ScopedGroup = OpenGroup & { scope: string };

/** Mark of incidents that don't exist yet: the alert that opens each. */
const UNBORN = "unborn ";

/** Decides on new alerts in their order; each sees what those before it did. By alert id. */
export function gather(
  newcomers: readonly Newcomer[],
  open: readonly ScopedGroup[],
  facts: GroupingFacts,
  at: Date,
): Map<string, Gathered> {
  const groups = new Map(open.map((group) => [group.incidentId, group]));
  const stormOf = new Map<string, string>();
  const gathered = new Map<string, Gathered>();
  for (const newcomer of newcomers) {
    const { face, scope } = newcomer;
    const decision = stormy(newcomer, stormOf) ?? decide(newcomer, [...groups.values()], facts, at);
    const target = decision.kind === "join" ? decision.incidentId : `${UNBORN}${face.alertId}`;
    const before = groups.get(target) ?? {
      scope,
      incidentId: target,
      openedAt: at,
      lastAlertAt: at,
      members: [],
    };
    groups.set(target, { ...withMember(before, { face, at }), scope: before.scope });
    if (newcomer.storm !== null && !stormOf.has(scope)) stormOf.set(scope, target);
    gathered.set(face.alertId, placeOf(decision, target));
  }
  return gathered;
}

function placeOf(decision: ReturnType<typeof decideGroup>, target: string): Gathered {
  if (decision.kind === "own") return { way: "opens", reason: decision.reason };
  const { reason } = decision;
  return target.startsWith(UNBORN)
    ? { way: "follows", leaderId: target.slice(UNBORN.length), reason }
    : { way: "joins", incidentId: target, reason };
}

function decide({ face, setting, scope }: Newcomer, groups: ScopedGroup[], facts: GroupingFacts, at: Date) {
  const near = groups.filter((group) => group.scope === scope);
  return decideGroup(face, setting, near, facts, at);
}

function stormy({ storm, scope }: Newcomer, stormOf: Map<string, string>) {
  const incidentId = storm === null ? null : (stormOf.get(scope) ?? storm.incidentId);
  if (incidentId === null) return null;
  const sentence = "A storm: everything that comes while it lasts is on one incident";
  const none = { score: null, threshold: null, features: null, likeAlertId: null };
  return {
    kind: "join" as const,
    incidentId,
    reason: { ...none, mode: "storm" as const, joined: true, sentence },
  };
}
