import { isObject } from "#lib/events/json";
import { textAt, valueAt } from "#lib/events/sources/fields";
import { monitorAdapter } from "#lib/events/sources/monitor-adapter";
import { readState, stateWords } from "#lib/events/sources/state-words";

/** Dash0's webhook of failed checks. */
export const dash0 = monitorAdapter({ source: "dash0", name: "Dash0" }, (item, warnings) => {
  const type = textAt(item, "type");
  const state = readState(type?.replace(/^alert\./, "") ?? null, STATES, warnings);
  const severity = textAt(item, "data.issue.status");
  return {
    identity: textAt(item, "data.issue.issueIdentifier", "data.issue.id"),
    state,
    summary: textAt(item, "data.issue.summary", "data.issue.description", "data.issue.checkrules.0.name"),
    source: textAt(item, "data.issue.dataset"),
    severity: severity === "closed" ? null : severity,
    at: state === "resolve" ? valueAt(item, "data.issue.end") : valueAt(item, "data.issue.start"),
    class: textAt(item, "data.issue.checkrules.0.name"),
    links: [["Issue in Dash0", textAt(item, "data.issue.url")]],
    details: { ...item, labels: labelsOf(valueAt(item, "data.issue.labels")) },
  };
});

const STATES = stateWords({ trigger: "ongoing|opened|firing|test", resolve: "resolved|closed" });

/** OpenTelemetry's attributes: a list of keys with typed values. */
function labelsOf(labels: unknown): Record<string, unknown> {
  if (!Array.isArray(labels)) return {};
  const pairs = labels.filter(isObject).flatMap((label) => {
    const key = textAt(label, "key");
    return key === null
      ? []
      : [[key, textAt(label, "value.stringValue", "value.intValue", "value")] as const];
  });
  return Object.fromEntries(pairs);
}
