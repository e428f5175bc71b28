import { evaluate } from "#lib/noise/evaluation";
import type { Evaluation } from "#lib/noise/evaluation";
import { lessonsFrom, pairOf } from "#lib/noise/feedback";
import type { PairFeedback } from "#lib/noise/feedback";
import type { GroupingSetting } from "#lib/noise/grouping-setting";
import { pastAlerts } from "#lib/noise/past-alerts";
import { replay } from "#lib/noise/replay";
import type { PastAlert } from "#lib/noise/replay";
import { DEFAULT_THRESHOLD } from "#lib/noise/similarity";
import { gameDay } from "#lib/testing/game-day";
import type { GameDay } from "#lib/testing/game-day";

const BASE: GroupingSetting = {
  mode: "similarity",
  windowSeconds: 900,
  fields: [],
  aggregate: "all",
  threshold: DEFAULT_THRESHOLD,
};

type Trial = {
  name: string;
  setting: GroupingSetting;
  /** One setting over all services, with their dependencies; otherwise each service for itself. */
  together?: true;
  /** Days whose incidents people put right before. */
  taughtBy?: readonly number[];
  /** Offered for comparison: coarse settings merge what happens at the same time, and then pages are missed. */
  coarse?: true;
};

/** The settings that the evaluation compares. */
export const TRIALS: readonly Trial[] = [
  { name: "no grouping", setting: { ...BASE, mode: "off" } },
  {
    name: "time, 30 min, per service",
    setting: { ...BASE, mode: "time", windowSeconds: 1800 },
    coarse: true,
  },
  {
    name: "content: class, per service",
    setting: { ...BASE, mode: "content", fields: ["class"] },
    coarse: true,
  },
  { name: "similarity, per service", setting: BASE },
  { name: "class and similarity, per service", setting: { ...BASE, mode: "both", fields: ["class"] } },
  {
    name: "content: upstream, all services",
    setting: { ...BASE, mode: "content", fields: ["custom_details.upstream"] },
    together: true,
  },
  { name: "similarity, all services", setting: BASE, together: true },
  { name: "similarity, all services, taught", setting: BASE, together: true, taughtBy: [101, 102, 103] },
];

export function runTrial(trial: Trial, seed: number): Evaluation {
  const day = gameDay(seed);
  const past = pastAlerts(day.alerts, trial.setting.fields);
  const near = new Set(day.dependencies.flatMap(([by, on]) => [`${by} ${on}`, `${on} ${by}`]));
  const facts = {
    lessons: lessonsFrom(trial.taughtBy ? lessonsOfDays(trial.taughtBy, past) : []),
    adjacent: (a: string, b: string) => near.has(`${a} ${b}`),
  };
  const scopes = trial.together ? [past] : [...Map.groupBy(past, ({ face }) => face.serviceId).values()];
  const incidents = new Map<string, string>();
  for (const [index, scope] of scopes.entries()) {
    for (const { number, alerts } of replay(scope, trial.setting, facts)) {
      for (const { alert } of alerts) incidents.set(alert.face.alertId, `${index}-${number}`);
    }
  }
  return evaluate(
    day.alerts.map(({ alertId, cause, pages }) => ({
      alertId,
      cause,
      pages,
      incident: incidents.get(alertId) ?? null,
    })),
  );
}

/** What people would have taught: on each of the days, pairs of kinds of alerts of one cause were put together once. */
function lessonsOfDays(seeds: readonly number[], today: readonly PastAlert[]): PairFeedback[] {
  const idOf = new Map(today.map(({ face }) => [kindOf(face), face.templateId ?? ""]));
  return seeds.flatMap((seed) => {
    const day = gameDay(seed);
    return [...causesOf(day)].flatMap((faces) => {
      const kinds = [...new Set(faces.map(kindOf))].flatMap((kind) => idOf.get(kind) ?? []);
      return kinds.flatMap((a, index) =>
        kinds.slice(index + 1).map((b) => {
          const [templateA, templateB] = pairOf(a, b);
          return { templateA, templateB, together: 1, apart: 0 };
        }),
      );
    });
  });
}

function causesOf(day: GameDay) {
  const causes = new Map(day.alerts.map(({ alertId, cause }) => [alertId, cause]));
  const faces = pastAlerts(day.alerts, []).map(({ face }) => face);
  return Map.groupBy(faces, ({ alertId }) => causes.get(alertId) ?? "").values();
}

function kindOf(face: { serviceId: string; template: string | null }): string {
  return `${face.serviceId} ${face.template}`;
}
