import { looseFields } from "#lib/events/sources/loose-fields";
import type { LooseFields } from "#lib/events/sources/loose-fields";
import { monitorAdapter } from "#lib/events/sources/monitor-adapter";
import { foldState, readState, stateWords } from "#lib/events/sources/state-words";
import type { State } from "#lib/events/sources/state-words";

/**
 * Notification commands of Nagios and its descendants: the same macros under the same names, sent by a script as JSON or as a
 * form. Names count without case, punctuation and the prefix `NOTIFY_`.
 */
function hostChecks(source: string, name: string) {
  return monitorAdapter({ source, name }, (item, warnings) => {
    const field = checkFields(item);
    const host = field("host_name", "host");
    const service = field("service_desc", "service_description", "service_name", "service");
    const word = field(...(service === null ? HOST_STATE : SERVICE_STATE), "state");
    const output = field("service_output", "host_output", "output");
    return {
      // A notification's number, Checkmk's `id`, is another one each time.
      identity: host === null ? null : `${host}:${service ?? ""}`,
      state: stateOf(field, word, warnings),
      summary: `${[host, service].filter(Boolean).join(" / ")}: ${word ?? "problem"}${output === null ? "" : ` (${output})`}`,
      source: host,
      severity: SEVERITIES.get((word ?? "").toUpperCase()),
      at: field("timet", "timestamp", "micro_time", "date_iso"),
      component: service,
      group: field("host_groupname", "host_groupnames"),
      class: field("service_check_command", "host_check_command", "check_command"),
      links: [["Check", field("url", "service_action_url", "host_action_url")]],
    };
  });
}

export const nagios = hostChecks("nagios", "Nagios");
export const icinga = hostChecks("icinga", "Icinga");
export const checkmk = hostChecks("checkmk", "Checkmk");

const UNFILLED = /^\$[A-Z_:]+\$$/;
const SERVICE_STATE = ["service_state"];
const HOST_STATE = ["host_state"];
const TYPES = stateWords({
  trigger: "problem|flappingstart",
  acknowledge: "acknowledgement",
  resolve: "recovery",
  ignored: "downtimestart|downtimeend|downtimestop|downtimecancelled|downtimeremoved",
});
const STATES = stateWords({
  trigger: "warning|critical|unknown|down|unreachable|crit|warn",
  resolve: "ok|up",
});
const SEVERITIES = new Map([
  ["CRITICAL", "critical"],
  ["CRIT", "critical"],
  ["DOWN", "critical"],
  ["UNREACHABLE", "error"],
  ["WARNING", "warning"],
  ["WARN", "warning"],
  ["UNKNOWN", "warning"],
]);

function checkFields(item: Record<string, unknown>): LooseFields {
  const names = Object.entries(item).map(([key, value]) => [key.replace(/^NOTIFY_/i, ""), value] as const);
  const fields = looseFields(Object.fromEntries(names), UNFILLED);
  // Checkmk names the kind of thing it checks, and fills in an empty service or none for hosts.
  const isHost = fields("what")?.toUpperCase() === "HOST";
  return (...wanted) => fields(...(isHost ? wanted.filter((name) => !name.startsWith("service")) : wanted));
}

/** Flapping holds a check's other notifications back, so its start fires; everything else is said by the kind or the state. */
function stateOf(field: LooseFields, word: string | null, warnings: string[]): State {
  const type = field("notification_type", "type");
  const known = TYPES.get(foldState(type ?? "").replace(/[ (].*$/, ""));
  const state =
    known === undefined
      ? readState(word, STATES, warnings)
      : readState(type, new Map([[foldState(type ?? ""), known]]), warnings);
  const isSoft = /^(?:soft|0)$/i.test(field("state_type", "service_state_type", "host_state_type") ?? "");
  return state === "trigger" && isSoft ? { ignored: "A soft state is not confirmed yet" } : state;
}
