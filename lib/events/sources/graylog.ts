import { textAt } from "#lib/events/sources/fields";
import { monitorAdapter } from "#lib/events/sources/monitor-adapter";

/** Graylog's HTTP notification of an event definition. It never says that a problem is over. */
export const graylog = monitorAdapter({ source: "graylog", name: "Graylog" }, (item) => {
  const definition = textAt(item, "event_definition_id", "event.event_definition_id");
  const key = textAt(item, "event.key");
  return {
    identity: definition === null && key === null ? null : `${definition ?? ""}:${key ?? ""}`,
    state: "trigger",
    summary: textAt(item, "event.message", "event_definition_title"),
    source: textAt(item, "event.source", "event.fields.source"),
    severity: PRIORITIES.get(textAt(item, "event.priority") ?? ""),
    at: textAt(item, "event.timestamp"),
    component: key,
    group: textAt(item, "event.streams.0"),
    class: textAt(item, "event_definition_title"),
    links: [["Event in Graylog", textAt(item, "event.replay_info.url", "http_external_uri")]],
  };
});

/** Graylog counts upwards: low, normal, high, critical. */
const PRIORITIES = new Map([
  ["1", "info"],
  ["2", "warning"],
  ["3", "error"],
  ["4", "critical"],
]);
