import { isObject, readJson } from "#lib/events/json";
import { textAt } from "#lib/events/sources/fields";
import { monitorAdapter } from "#lib/events/sources/monitor-adapter";
import { readState, stateWords } from "#lib/events/sources/state-words";

/** Uptime Kuma's webhook: JSON, a multipart form with the JSON in `data`, or everything in the address. */
export const uptimeKuma = monitorAdapter(
  { source: "uptime-kuma", name: "Uptime Kuma", takesQuery: true },
  (item, warnings) => {
    const heartbeat = unfold(item.heartbeat);
    const monitor = unfold(item.monitor);
    const message = textAt(item, "msg");
    const id = textAt(monitor, "id") ?? textAt(heartbeat, "monitorID", "monitor_id");
    if (id === null) {
      warnings.push("It names no monitor (a test, or a certificate that ends soon): nothing will resolve it");
      return { identity: withoutNumbers(message), state: "trigger", summary: message, severity: "warning" };
    }
    const name = textAt(monitor, "name") ?? `Monitor ${id}`;
    const said = textAt(heartbeat, "msg") ?? message;
    return {
      // Only where somebody adds it: monitors of two installations count from 1 both.
      identity: [textAt(item, "instance"), id].filter((part) => part !== null).join(":"),
      state: readState(textAt(heartbeat, "status"), STATES, warnings),
      summary: said === null ? name : `${name}: ${said}`,
      source: textAt(monitor, "hostname", "url") ?? name,
      at: textAt(heartbeat, "time"),
      component: name,
      class: textAt(monitor, "type"),
      links: [["Monitored address", webOnly(textAt(monitor, "url"))]],
      details: { message, heartbeat, monitor: { id, name, type: monitor.type, tags: monitor.tags } },
    };
  },
);

const STATES = stateWords({ trigger: "0|down", resolve: "1|up", ignored: "2|pending|3|maintenance" });

/** In an address and in a form the parts are JSON texts. */
function unfold(value: unknown): Record<string, unknown> {
  const read = typeof value === "string" ? readJson(value)?.value : value;
  return isObject(read) ? read : {};
}

/** The same warning every day counts days: one alert, not one a day. */
function withoutNumbers(message: string | null): string | null {
  return message === null ? null : `message:${message.replace(/\d+/g, "#")}`;
}

/** Monitors of other kinds hold "https://" where nothing was entered. */
function webOnly(url: string | null): string | null {
  return url !== null && /^https?:\/\/./.test(url) ? url : null;
}
