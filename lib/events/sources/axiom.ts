import { textHash } from "#lib/events/label-hash";
import { textAt, valueAt } from "#lib/events/sources/fields";
import { monitorAdapter } from "#lib/events/sources/monitor-adapter";
import { readState, stateWords } from "#lib/events/sources/state-words";
import { storableJson } from "#lib/events/storable-json";

/** Axiom's webhook notifier. */
export const axiom = monitorAdapter({ source: "axiom", name: "Axiom" }, (item, warnings) => ({
  identity: identityOf(textAt(item, "event.monitorID"), valueAt(item, "event.groupValues")),
  state: readState(textAt(item, "action"), STATES, warnings),
  summary: textAt(item, "event.title", "event.body", "event.description"),
  source: textAt(item, "event.groupValues.0"),
  at: textAt(item, "event.timestamp", "event.queryEndTime"),
  class: textAt(item, "event.title"),
}));

const STATES = stateWords({ trigger: "open|opened|firing", resolve: "closed|close|resolved" });

/** A monitor that groups its results opens and closes each group by itself. */
function identityOf(monitor: string | null, groups: unknown): string | null {
  if (monitor === null || !Array.isArray(groups) || groups.length === 0) return monitor;
  return `${monitor}:${textHash(JSON.stringify(storableJson(groups).value))}`;
}
