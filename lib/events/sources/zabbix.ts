import { isObject, readJson } from "#lib/events/json";
import { joined } from "#lib/events/sources/fields";
import { looseFields } from "#lib/events/sources/loose-fields";
import type { LooseFields } from "#lib/events/sources/loose-fields";
import { monitorAdapter } from "#lib/events/sources/monitor-adapter";
import { readState, stateWords } from "#lib/events/sources/state-words";
import type { State } from "#lib/events/sources/state-words";

/** A webhook media type of Zabbix, whose parameters are macros under names that each template chooses. */
export const zabbix = monitorAdapter({ source: "zabbix", name: "Zabbix" }, (item, warnings) => {
  const field = looseFields(item, UNFILLED);
  const word = field("event_value", "value", "event_status", "status", "trigger_status");
  const state = readState(word, STATES, warnings);
  const subject = (field("event_name", "name", "alert_subject", "subject") ?? "").replace(PREFIX, "");
  const host = field("host_name", "host_host", "hostname", "host");
  const problem = field("trigger_name") ?? subject;
  return {
    identity:
      field("event_id", "problem_id") ??
      joined(host, field("trigger_id")) ??
      (problem === "" ? null : `${host ?? ""}:${problem}`),
    state: state === "trigger" ? updateOf(field, word) : state,
    summary: subject || problem,
    source: host,
    severity: severityOf(
      field("event_nseverity", "nseverity", "event_severity", "severity", "trigger_severity"),
    ),
    at:
      state === "resolve"
        ? field("event_recovery_timestamp", "recovery_timestamp")
        : field("event_timestamp", "timestamp"),
    group: field("host_group", "trigger_hostgroup_name"),
    class: field("trigger_name", "trigger_description"),
    links: [["Event in Zabbix", field("event_url", "link") ?? trigger(field("zabbix_url", "url"), field)]],
    details: { ...item, ...tagsOf(field("event_tags_json", "event_tags", "tags")) },
  };
});

/** `{EVENT.ID}`, `{$ZABBIX.URL}`, `{DATE} {TIME}`: Zabbix leaves a macro that means nothing in a message as it stands. */
const UNFILLED = /^(?:\{[$#?]?[A-Z][A-Z0-9_.]*\}[\s,]*)+$|\*UNKNOWN\*/;
const PREFIX =
  /^\s*(?:problem(?: started)?|resolved(?: in [^:]{1,40})?|recovery|ok|updated problem[^:]{0,40}):\s*/i;
const STATES = stateWords({ trigger: "1|problem", resolve: "0|ok|resolved|recovery" });
const SEVERITIES = ["info", "info", "warning", "warning", "error", "critical"];

/** An update of a problem is not the problem again: it acknowledges, or changes the severity, or pages nobody. */
function updateOf(field: LooseFields, word: string | null): State {
  const status = field("event_update_status", "update_status") ?? "";
  const action = field("event_update_action", "update_action") ?? "";
  const isUpdate = IS_UPDATE.test(status) || action !== "";
  if (!isUpdate || word === null || /severity/i.test(action)) return "trigger";
  if (/\bunacknowledged\b/i.test(action)) return { ignored: "Taking back an acknowledgement pages nobody" };
  const isAcknowledged = /\backnowledged\b/i.test(action) || IS_UPDATE.test(field("event_ack_status") ?? "");
  return isAcknowledged ? "acknowledge" : { ignored: "An update of a problem pages nobody" };
}

const IS_UPDATE = /^(?:1|yes|true|ack)$/i;

/** Zabbix counts upwards, 5 is a disaster. */
function severityOf(text: string | null): string | null {
  return text !== null && /^[0-5]$/.test(text.trim()) ? (SEVERITIES[Number(text)] ?? null) : text;
}

function trigger(base: string | null, field: LooseFields): string | null {
  const [triggerId, eventId] = [field("trigger_id"), field("event_id")];
  if (base === null || triggerId === null || eventId === null) return base;
  const query = new URLSearchParams({ triggerid: triggerId, eventid: eventId });
  return `${base.replace(/\/+$/, "")}/tr_events.php?${query.toString()}`;
}

/** The tags come as a JSON text: a list of `{tag, value}`. */
function tagsOf(text: string | null): Record<string, unknown> {
  const tags = text === null ? null : readJson(text)?.value;
  return Array.isArray(tags) && tags.every(isObject) ? { tags } : {};
}
