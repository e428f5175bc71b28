import type { Severity } from "#lib/alerts/vocabulary";
import type { GroupingFacts } from "#lib/noise/grouping";
import type { GroupingSetting } from "#lib/noise/grouping-setting";
import { pastAlerts } from "#lib/noise/past-alerts";
import type { AlertRecord } from "#lib/noise/past-alerts";
import { replay } from "#lib/noise/replay";
import { judgeTransient } from "#lib/noise/transient";
import type { KindHistory } from "#lib/noise/transient";

/** An alert as it was, with what became of it. */
export type RehearsedAlert = AlertRecord & {
  severity: Severity;
  incidentId: string | null;
  selfResolved: boolean;
  tier: number;
};

export type Rehearsal = {
  alerts: number;
  /** Incidents that these alerts made in fact. */
  incidentsBefore: number;
  incidentsAfter: number;
  /** Alerts that would have been held and ended by themselves in time, so that nobody would have been told. */
  heldAndOver: number;
  /** Alerts that would have been held and then told of after all, later than now. */
  heldAndLate: number;
  /** The largest incidents: how many alerts, and the texts of some. */
  largest: { alerts: number; summaries: string[]; because: string }[];
};

const SHOWN = 3;

/** What settings would have made of alerts of the past, oldest first, with the decisions that paging takes. */
export function rehearse(
  alerts: readonly RehearsedAlert[],
  { setting, autoPauseSeconds }: { setting: GroupingSetting; autoPauseSeconds: number | null },
  facts: GroupingFacts,
): Rehearsal {
  const past = pastAlerts(alerts, setting.fields);
  const held = holdsOf(
    alerts,
    past.map(({ face }) => face.templateId ?? ""),
    autoPauseSeconds,
  );
  const told = past.filter(({ face }) => held.get(face.alertId) !== "over");
  const incidents = replay(told, setting, facts);
  const before = new Set(alerts.map(({ alertId, incidentId }) => incidentId ?? `held ${alertId}`));
  const outcomes = [...held.values()];
  return {
    alerts: alerts.length,
    incidentsBefore: [...before].filter((id) => !id.startsWith("held ")).length,
    incidentsAfter: incidents.length,
    heldAndOver: outcomes.filter((outcome) => outcome === "over").length,
    heldAndLate: outcomes.filter((outcome) => outcome === "late").length,
    largest: incidents
      .filter(({ alerts: members }) => members.length > 1)
      .toSorted((a, b) => b.alerts.length - a.alerts.length)
      .slice(0, SHOWN)
      .map(({ alerts: members }) => ({
        alerts: members.length,
        summaries: [...new Set(members.map(({ alert }) => alert.face.summary))].slice(0, SHOWN),
        because: members[1]?.reason?.sentence ?? "",
      })),
  };
}

/** What would have become of alerts that are held, each judged by what was known at its time. */
function holdsOf(
  alerts: readonly RehearsedAlert[],
  kinds: readonly string[],
  autoPauseSeconds: number | null,
): Map<string, "over" | "late"> {
  const held = new Map<string, "over" | "late">();
  if (autoPauseSeconds === null) return held;
  const seen = new Map<string, RehearsedAlert[]>();
  for (const [index, alert] of alerts.entries()) {
    const kind = kinds[index] ?? "";
    const earlier = seen.get(kind) ?? [];
    const judged = judgeTransient(
      { ...alert, priorityRank: null },
      historyAt(earlier, alert.at),
      autoPauseSeconds,
    );
    const took = secondsOf(alert);
    if (judged.isTransient) {
      held.set(alert.alertId, alert.selfResolved && took <= judged.seconds ? "over" : "late");
    }
    seen.set(kind, [...earlier, alert]);
  }
  return held;
}

function historyAt(earlier: readonly RehearsedAlert[], at: Date): KindHistory {
  const ended = earlier.filter(({ resolvedAt }) => resolvedAt !== null && resolvedAt <= at);
  return {
    alerts: ended.length,
    selfResolvedAfter: ended.filter(({ selfResolved }) => selfResolved).map(secondsOf),
  };
}

function secondsOf({ at, resolvedAt }: RehearsedAlert): number {
  return resolvedAt === null ? Number.POSITIVE_INFINITY : (resolvedAt.getTime() - at.getTime()) / 1000;
}
