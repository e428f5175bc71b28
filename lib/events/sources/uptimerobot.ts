import { joined } from "#lib/events/sources/fields";
import { looseFields } from "#lib/events/sources/loose-fields";
import { monitorAdapter } from "#lib/events/sources/monitor-adapter";
import { readState, stateWords } from "#lib/events/sources/state-words";

/** UptimeRobot's web-hook: variables that are written into a JSON body, a form or the address. */
export const uptimerobot = monitorAdapter(
  { source: "uptimerobot", name: "UptimeRobot", takesQuery: true },
  (item, warnings) => {
    const field = looseFields(item, UNFILLED);
    const type = field("alert_type", "alert_type_friendly_name");
    const name = field("monitor_friendly_name", "monitor_name", "name");
    const url = field("monitor_url", "url");
    const monitor = field("monitor_id", "id") ?? joined(url, name) ?? name ?? url;
    // A certificate that ends soon is not over when the address answers again.
    const isCertificate = type === "3";
    const certificate = monitor === null ? null : `${monitor}:certificate`;
    return {
      identity: isCertificate ? certificate : monitor,
      state: readState(type, STATES, warnings),
      summary: [
        name ?? url ?? "Monitor",
        WHAT.get(type ?? "") ?? "is down:",
        field("alert_details", "details"),
      ]
        .filter((part) => part !== null)
        .join(" ")
        .replace(/:$/, ""),
      source: url ?? name,
      severity: isCertificate ? "warning" : null,
      at: field("alert_date_time", "date_time"),
      component: name,
      links: [["Monitored address", url]],
    };
  },
);

const UNFILLED = /^\*[a-z]+\*$/i;
const WHAT = new Map([
  ["2", "is up:"],
  ["3", "has a certificate that ends soon:"],
]);
const STATES = stateWords({ trigger: "1|down|3|ssl expiry", resolve: "2|up", ignored: "paused|started" });
