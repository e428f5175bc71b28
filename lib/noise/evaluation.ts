/** An alert with the cause that people say it had, and the incident that it was put on; null: it was held back. */
export type Labelled = { alertId: string; cause: string; incident: string | null; pages: boolean };

export type Evaluation = {
  alerts: number;
  causes: number;
  incidents: number;
  /** Of pairs put together, the share of one cause; null: no pair was put together. */
  precision: number | null;
  /** Of pairs of one cause, the share put together; null: no cause had two alerts. */
  recall: number | null;
  f1: number | null;
  /** Alerts on an incident that mostly has another cause, among all. */
  overMergeRate: number;
  overMerged: { alertId: string; cause: string; incident: string; mostly: string }[];
  /** Against one page for each alert. */
  pagesAvoided: number;
  /** Causes that should have paged somebody, but whose alerts were all held back or are all on incidents of other causes. Must be none. */
  pagesMissed: string[];
};

/**
 * Compares incidents with labelled causes, pair by pair (Manning, Raghavan, Schütze: "Introduction to Information Retrieval", 2008,
 * chapter 16.3), without listing the pairs.
 */
export function evaluate(labelled: readonly Labelled[]): Evaluation {
  const onIncident = labelled.filter((each) => each.incident !== null);
  const incidents = Map.groupBy(onIncident, ({ incident }) => incident ?? "");
  const causes = Map.groupBy(labelled, ({ cause }) => cause);
  const both = Map.groupBy(onIncident, ({ incident, cause }) => JSON.stringify([incident, cause]));
  const right = sumOf(both.values(), ({ length }) => pairs(length));
  const put = sumOf(incidents.values(), ({ length }) => pairs(length));
  const meant = sumOf(causes.values(), ({ length }) => pairs(length));
  const precision = put === 0 ? null : right / put;
  const recall = meant === 0 ? null : right / meant;
  const overMerged = [...incidents].flatMap(([incident, members]) => strangers(incident, members));
  const lost = new Set(overMerged.map(({ alertId }) => alertId));
  const missed = [...causes].filter(
    ([, members]) =>
      members.some(({ pages }) => pages) &&
      members.every(({ incident, alertId }) => incident === null || lost.has(alertId)),
  );
  return {
    alerts: labelled.length,
    causes: causes.size,
    incidents: incidents.size,
    precision,
    recall,
    f1: f1Of(precision, recall),
    overMergeRate: labelled.length === 0 ? 0 : overMerged.length / labelled.length,
    overMerged,
    pagesAvoided: labelled.length - incidents.size,
    pagesMissed: missed.map(([cause]) => cause),
  };
}

function strangers(incident: string, members: readonly Labelled[]): Evaluation["overMerged"] {
  const byCause = [...Map.groupBy(members, ({ cause }) => cause)];
  const [most] = byCause.toSorted(([, a], [, b]) => b.length - a.length);
  if (!most) return [];
  const [mostly] = most;
  return members
    .filter(({ cause }) => cause !== mostly)
    .map(({ alertId, cause }) => ({ alertId, cause, incident, mostly }));
}

function f1Of(precision: number | null, recall: number | null): number | null {
  if (precision === null || recall === null || precision + recall === 0) return null;
  return (2 * precision * recall) / (precision + recall);
}

function pairs(count: number): number {
  return (count * (count - 1)) / 2;
}

function sumOf<T>(items: Iterable<T>, value: (item: T) => number): number {
  let sum = 0;
  for (const item of items) sum += value(item);
  return sum;
}
