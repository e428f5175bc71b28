import { textAt } from "#lib/events/sources/fields";
import { monitorAdapter } from "#lib/events/sources/monitor-adapter";
import { readState, stateWords } from "#lib/events/sources/state-words";

/** Pingdom's webhook, for uptime and transaction checks. */
export const pingdom = monitorAdapter({ source: "pingdom", name: "Pingdom" }, (item, warnings) => {
  const id = textAt(item, "check_id");
  const name = textAt(item, "check_name") ?? `Check ${id ?? ""}`;
  const state = textAt(item, "current_state");
  const said = textAt(item, "long_description", "description");
  return {
    identity: id,
    state: readState(state, STATES, warnings),
    summary: [name, `is ${state ?? "down"}`, said === null ? "" : `(${said})`].join(" ").trim(),
    source: textAt(item, "check_params.hostname", "check_params.full_url", "check_params.url"),
    severity: IMPORTANCE.get((textAt(item, "importance_level") ?? "").toUpperCase()),
    at: item.state_changed_timestamp,
    component: name,
    group: textAt(item, "tags.0"),
    class: textAt(item, "check_type"),
    links: [["Checked address", textAt(item, "check_params.full_url")]],
  };
});

const STATES = stateWords({
  trigger: "down|failing|unconfirmed down|unknown",
  resolve: "up|success",
  ignored: "paused",
});
const IMPORTANCE = new Map([
  ["HIGH", "critical"],
  ["LOW", "warning"],
]);
