import { textAt, valueAt } from "#lib/events/sources/fields";
import { looseFields } from "#lib/events/sources/loose-fields";
import { monitorAdapter } from "#lib/events/sources/monitor-adapter";
import { foldState, readState, stateWords } from "#lib/events/sources/state-words";

/** Dynatrace's custom webhook integration, a template of placeholders. */
export const dynatrace = monitorAdapter({ source: "dynatrace", name: "Dynatrace" }, (item, warnings) => {
  const field = looseFields(item, UNFILLED);
  const word = field("State", "ProblemState");
  const state = readState(word, STATES, warnings);
  if (foldState(word ?? "") === "merged") {
    warnings.push(
      "It was merged into another problem of Dynatrace, which does not resolve it: close it by hand",
    );
  }
  const at = valueAt(item, `ProblemDetailsJSON.${state === "resolve" ? "endTime" : "startTime"}`);
  return {
    // The display id is shorter, and counts from the start again.
    identity: field("PID") ?? field("ProblemID"),
    state,
    summary: field("ProblemTitle") ?? field("ProblemImpact"),
    source: textAt(item, "ImpactedEntities.0.name") ?? field("ImpactedEntity", "NamesOfImpactedEntities"),
    severity: SEVERITIES.get((field("ProblemSeverity") ?? "").toUpperCase()),
    // A problem that is not over ends at -1.
    at: typeof at === "number" && at < 0 ? null : at,
    group: field("ProblemImpact"),
    class: field("ProblemSeverity"),
    links: [["Problem in Dynatrace", field("ProblemURL")]],
  };
});

const UNFILLED = /^\{[A-Za-z]+\}$/;
const STATES = stateWords({ trigger: "open|merged", resolve: "resolved" });
const SEVERITIES = new Map([
  ["AVAILABILITY", "critical"],
  ["ERROR", "error"],
  ["PERFORMANCE", "warning"],
  ["RESOURCE_CONTENTION", "warning"],
  ["MONITORING_UNAVAILABLE", "warning"],
]);
