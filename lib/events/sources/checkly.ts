import { looseFields } from "#lib/events/sources/loose-fields";
import { monitorAdapter } from "#lib/events/sources/monitor-adapter";
import { foldState, readState, stateWords } from "#lib/events/sources/state-words";

/** Checkly's webhook channel, a template of which the set-up guide has ours. */
export const checkly = monitorAdapter({ source: "checkly", name: "Checkly" }, (item, warnings) => {
  const field = looseFields(item, UNFILLED);
  const check = field("check_id") ?? field("check_name");
  const type = foldState(field("alert_type") ?? "").replace(/^alert /, "");
  const isCertificate = type === "ssl";
  return {
    identity: check === null ? null : `${check}${isCertificate ? ":certificate" : ""}`,
    state: readState(type === "" ? null : type, STATES, warnings),
    summary: field("event_title", "alert_title") ?? field("check_name"),
    source: field("check_name"),
    severity:
      isCertificate || type.startsWith("degraded") || type === "failure degraded" ? severityOf(type) : null,
    at: field("started_at"),
    group: field("group_name", "check_group"),
    class: field("check_type"),
    links: [["Result in Checkly", field("link", "result_link")]],
  };
});

const UNFILLED = /^\{\{.*\}\}$/s;
const STATES = stateWords({
  trigger: "failure|failure remain|failure degraded|degraded|degraded remain|degraded failure|ssl",
  resolve: "recovery|degraded recovery",
  ignored: "no alert",
});

/** Slow is not down; "degraded failure" is what was slow and now fails. */
function severityOf(type: string): string | null {
  return type === "degraded failure" ? null : "warning";
}
