import { joined } from "#lib/events/sources/fields";
import { looseFields } from "#lib/events/sources/loose-fields";
import { monitorAdapter } from "#lib/events/sources/monitor-adapter";
import { readState, stateWords } from "#lib/events/sources/state-words";

/** LibreNMS's API transport, a template of which the set-up guide has ours. */
export const librenms = monitorAdapter(
  { source: "librenms", name: "LibreNMS", takesQuery: true },
  (item, warnings) => {
    const field = looseFields(item, UNFILLED);
    const device = field("device_id", "hostname");
    return {
      // The uid can be another one when the alert is over; rule and device are the same.
      identity: joined(field("rule_id", "rule", "name"), device) ?? field("alert_id", "id", "uid"),
      state: readState(field("state"), STATES, warnings),
      summary: field("title") ?? joined(field("hostname"), field("name", "rule")),
      source: field("sys_name", "hostname", "device_id"),
      severity: field("severity"),
      group: field("location"),
      class: field("name", "rule"),
      links: [["Device in LibreNMS", field("url")]],
    };
  },
);

const UNFILLED = /^\{\{.*\}\}$/s;
const STATES = stateWords({
  // 3 and 4: worse and better than before, still an alert.
  trigger: "1|alert|3|worse|4|better",
  acknowledge: "2|acknowledged",
  resolve: "0|ok|recovered",
});
