import { joined, textAt } from "#lib/events/sources/fields";
import { monitorAdapter } from "#lib/events/sources/monitor-adapter";

/** Splunk's webhook alert action: every run of a search that finds something. It never says that a problem is over. */
export const splunk = monitorAdapter({ source: "splunk", name: "Splunk" }, (item) => {
  const search = textAt(item, "search_name");
  const host = textAt(item, "result.host");
  return {
    // `sid` is a run's own, so that every run would be a new alert.
    identity: textAt(item, "result.dedup_key") ?? joined(search, host) ?? search,
    state: "trigger",
    summary: [search, textAt(item, "result.message", "result.title") ?? host].filter(Boolean).join(": "),
    source: host ?? textAt(item, "server_host"),
    severity: textAt(item, "result.severity", "result.urgency"),
    at: textAt(item, "result._time"),
    component: textAt(item, "result.source"),
    group: textAt(item, "app"),
    class: textAt(item, "result.sourcetype"),
    links: [["Results in Splunk", textAt(item, "results_link")]],
  };
});
