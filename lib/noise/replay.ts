import { decideGroup } from "#lib/noise/grouping";
import type { GroupingFacts, GroupingReason, OpenGroup } from "#lib/noise/grouping";
import type { GroupingSetting } from "#lib/noise/grouping-setting";
import type { AlertFace } from "#lib/noise/similarity";

/** An alert of the past: when it opened and when it ended. */
export type PastAlert = { face: AlertFace; at: Date; resolvedAt: Date | null };

export type ReplayedIncident = {
  number: number;
  openedAt: Date;
  /** In the order they came; the first opened it. */
  alerts: { alert: PastAlert; reason: GroupingReason | null }[];
};

/** Members that an alert is compared with: the newest of each kind. */
export const MOST_MEMBERS = 20;

/**
 * What incidents the alerts would have made under a setting, with the same decisions that paging takes. Alerts in the order of their
 * opening; an incident is over when all its alerts are.
 */
export function replay(
  alerts: readonly PastAlert[],
  setting: GroupingSetting,
  facts: GroupingFacts,
): ReplayedIncident[] {
  const made: ReplayedIncident[] = [];
  let open: { incident: ReplayedIncident; group: OpenGroup; endsAt: number }[] = [];
  for (const alert of alerts) {
    const at = alert.at.getTime();
    open = open.filter(({ endsAt, group }) => endsAt > at && !isForgotten(group, setting, alert.at));
    const groups = open.map(({ group }) => group);
    const decision = decideGroup(alert.face, setting, groups, facts, alert.at);
    const endsAt = alert.resolvedAt?.getTime() ?? Number.POSITIVE_INFINITY;
    const joined =
      decision.kind === "join"
        ? open.find(({ group }) => group.incidentId === decision.incidentId)
        : undefined;
    if (joined) {
      joined.incident.alerts.push({ alert, reason: decision.reason });
      joined.group = withMember(joined.group, alert);
      joined.endsAt = Math.max(joined.endsAt, endsAt);
      continue;
    }
    const number = made.length + 1;
    const incident = { number, openedAt: alert.at, alerts: [{ alert, reason: decision.reason }] };
    made.push(incident);
    const group = { incidentId: String(number).padStart(8, "0"), openedAt: alert.at, lastAlertAt: alert.at };
    open.push({ incident, group: { ...group, members: [alert.face] }, endsAt });
  }
  return made;
}

/** Takes an alert into a group: a newer one of the same kind and fields replaces the older. */
export function withMember(group: OpenGroup, { face, at }: { face: AlertFace; at: Date }): OpenGroup {
  const others = group.members.filter((member) => !isSameKind(member, face));
  return { ...group, lastAlertAt: at, members: [face, ...others].slice(0, MOST_MEMBERS) };
}

function isSameKind(a: AlertFace, b: AlertFace): boolean {
  return (
    a.serviceId === b.serviceId &&
    a.template === b.template &&
    a.tokens.join(" ") === b.tokens.join(" ") &&
    Object.keys(a.values).every((field) => a.values[field] === b.values[field])
  );
}

/** Keeps the list short: what can't be joined any more needs no comparing. */
function isForgotten(group: OpenGroup, setting: GroupingSetting, at: Date): boolean {
  if (setting.mode === "time") return false;
  return at.getTime() - group.lastAlertAt.getTime() > setting.windowSeconds * 1000;
}
