import { parseTimestamp } from "#lib/events/timestamp";
import { joined } from "#lib/events/sources/fields";
import { looseFields } from "#lib/events/sources/loose-fields";
import type { LooseFields } from "#lib/events/sources/loose-fields";
import { monitorAdapter } from "#lib/events/sources/monitor-adapter";
import { foldState, readState, stateWords } from "#lib/events/sources/state-words";

/** Datadog's webhooks integration; the payload is a template of variables, of which the set-up guide has ours. */
export const datadog = monitorAdapter({ source: "datadog", name: "Datadog" }, (item, warnings) => {
  const field = looseFields(item, UNFILLED);
  const title = field("title", "event_title");
  const written = TITLE.exec(title ?? "");
  const transition = field("alert_transition", "transition") ?? written?.[1] ?? null;
  return {
    identity: identityOf(field) ?? identityOfTitle(written),
    state: readState(transition ?? field("alert_type"), STATES, warnings),
    summary: field("alert_title") ?? written?.[3] ?? title,
    source: field("hostname", "alert_scope") ?? written?.[2],
    severity: severityOf(field, transition),
    at: [field("last_updated"), field("date")].find((at) => parseTimestamp(at).kind === "instant"),
    group: field("alert_scope"),
    class: field("alert_metric", "event_type"),
    links: [["Event in Datadog", field("link", "url")]],
    image: field("snapshot"),
  };
});

const UNFILLED = /^\$[A-Z][A-Z_]*$/;
/** "[Re-Triggered on {host:web-1}] CPU is high": what is left to go by in Datadog's own default payload. */
const TITLE = /^\s*\[([A-Za-z][A-Za-z -]{0,30}?)(?: on \{?([^}\]]*)\}?)?\]\s*(.*)$/s;
const PRIORITY = /^p?[1-5]$/i;
const STATES = stateWords({
  trigger:
    "triggered|re triggered|no data|re no data|warn|re warn|renotify|triggered (renotify)|error|warning|alert",
  resolve: "recovered|success|ok",
  ignored: "muted",
});

/** `$ID` is the event's own and differs in every message. A group of a multi-alert is known by its scope. */
function identityOf(field: LooseFields): string | null {
  const monitor = field("aggreg_key", "alert_cycle_key", "alert_id", "monitor_id");
  return monitor === null ? null : `${monitor}:${field("alert_scope") ?? ""}`;
}

function identityOfTitle(written: RegExpExecArray | null): string | null {
  return joined(written?.[2] ?? "", written?.[3] ?? null);
}

/** `$PRIORITY` says "normal" of every event: only a monitor's priority counts, and a warning is never worse than that. */
function severityOf(field: LooseFields, transition: string | null): string | null {
  const state = foldState(transition ?? "");
  if (state === "warn" || state === "re warn") return "warning";
  const priority = [field("alert_priority"), field("priority")].find((text) => PRIORITY.test(text ?? ""));
  if (priority) return priority;
  const type = field("alert_type");
  return type === "success" || type === "info" ? null : type;
}
