import { textAt } from "#lib/events/sources/fields";
import { monitorAdapter } from "#lib/events/sources/monitor-adapter";
import { foldState, readState, stateWords } from "#lib/events/sources/state-words";

/** Webhooks of an Opsgenie account: its alerts, while teams move over. */
export const opsgenie = monitorAdapter({ source: "opsgenie", name: "Opsgenie" }, (item, warnings) => {
  const action = textAt(item, "action");
  if (action !== null && !STATES.has(foldState(action))) {
    return { ignored: `'${action.slice(0, 100)}' changes no alert's state` };
  }
  return {
    identity: textAt(item, "alert.alias", "alert.alertId", "alert.tinyId"),
    state: readState(action, STATES, warnings),
    summary: textAt(item, "alert.message", "alert.description"),
    source: textAt(item, "alert.entity", "alert.source"),
    severity: textAt(item, "alert.priority"),
    at: textAt(item, "alert.updatedAt", "alert.createdAt"),
    component: textAt(item, "alert.entity"),
    group: textAt(item, "alert.team", "alert.tags.0"),
    class: textAt(item, "integrationName"),
  };
});

const STATES = stateWords({
  trigger: "create|unacknowledge|unack",
  acknowledge: "acknowledge|ack",
  resolve: "close|delete",
});
