import { isObject, readJson } from "#lib/events/json";
import { repairJson, unescapeMustache } from "#lib/events/sources/elastic-body";
import { joined, textAt } from "#lib/events/sources/fields";
import { monitorAdapter } from "#lib/events/sources/monitor-adapter";
import type { Product, ReadMessage } from "#lib/events/sources/monitor-adapter";
import type { SourceAdapter } from "#lib/events/sources/source";
import { foldState } from "#lib/events/sources/state-words";
import type { State } from "#lib/events/sources/state-words";

const PRODUCT: Product = { source: "elastic", name: "Elastic", list: "alerts" };

/**
 * Elastic's alerts by Kibana's webhook connector (a Mustache template, of which the set-up guide has ours), documents of the
 * security alerts index (`kibana.alert.*`), and Watcher.
 */
const read: ReadMessage = (written) => {
  const item = flatten(written);
  const text = (...names: string[]) => {
    const name = names.find((one) => item.has(one));
    return name === undefined ? null : (item.get(name) ?? null);
  };
  const status = text("kibana.alert.status", "alert.status", "action_group", "alert.actionGroup", "status");
  const rule = text("rule.id", "rule_id", "kibana.alert.rule.uuid", "ruleId");
  // The instance keeps its name from episode to episode; the uuid is a new one in each, so it stands in last.
  const alert = text(
    "alert.id",
    "alert_id",
    "kibana.alert.instance.id",
    "kibana.alert.id",
    "kibana.alert.uuid",
  );
  return {
    identity: joined(rule, alert) ?? rule ?? alert ?? text("watch_id", "ctx.watch_id"),
    state: stateOf(status),
    summary: text(
      "message",
      "context.message",
      "context.reason",
      "kibana.alert.reason",
      "rule.name",
      "rule_name",
    ),
    source: text("host.name", "context.host.name", "alert.id", "alert_id", "kibana.alert.instance.id"),
    severity: text("severity", "kibana.alert.severity", "context.severity") ?? severityTag(written),
    at: text("date", "kibana.alert.end", "@timestamp", "timestamp"),
    group: text("rule.spaceId", "space_id", "kibana.space_ids"),
    class: text("rule.name", "rule_name", "kibana.alert.rule.name", "watch_id"),
    links: [["Rule in Kibana", text("rule.url", "url", "rule_url", "kibana.alert.url")]],
  };
};

const adapter = monitorAdapter(PRODUCT, read);

export const elastic: SourceAdapter = {
  ...adapter,
  // A whole body may come as one JSON text.
  parse: (payload, context) =>
    adapter.parse(typeof payload === "string" ? (readText(payload) ?? payload) : payload, context),
  readText,
};

/** Far beyond what a template writes; what is longer is JSON or nothing. */
const MOST_REPAIRED = 500_000;

function readText(text: string): unknown {
  const whole = objectOf(text);
  if (whole !== null || text.length > MOST_REPAIRED) return whole;
  return objectOf(repairJson(text)) ?? objectOf(repairJson(unescapeMustache(text)));
}

/** An object or a list; null where the text is neither. */
function objectOf(text: string): object | null {
  const value = readJson(text)?.value;
  return typeof value === "object" ? value : null;
}

/** Names of action groups are each rule type's own, so every one fires but the one of recovery. */
function stateOf(status: string | null): State {
  const word = foldState(status ?? "");
  if (word === "recovered" || word === "untracked" || word === "ok") return "resolve";
  return "trigger";
}

const MAX_FIELDS = 1000;
const MAX_LEVELS = 4;

/** Fields by their dotted names, however they are nested, quoted as JSON texts or escaped for HTML. */
function flatten(item: Record<string, unknown>): Map<string, string> {
  const fields = new Map<string, string>();
  const visit = (object: Record<string, unknown>, prefix: string, level: number) => {
    for (const [key, value] of Object.entries(object)) {
      if (fields.size >= MAX_FIELDS) return;
      const name = `${prefix}${key}`;
      const inner = typeof value === "string" && value.startsWith("{") ? readText(value) : value;
      if (isObject(inner) && level < MAX_LEVELS) visit(inner, `${name}.`, level + 1);
      const text = textAt({ value }, "value");
      if (text !== null && !UNFILLED.test(text) && !fields.has(name))
        fields.set(name, unescapeMustache(text));
    }
  };
  visit(item, "", 0);
  return fields;
}

const UNFILLED = /^\{\{.*\}\}$/s;
const SEVERITY_TAG = /(?:^|[\s,;["])severity[:=]\s*"?(\w+)/i;

function severityTag(item: Record<string, unknown>): string | null {
  const tags = [item.tags, item.rule_tags].find((value) => value !== undefined);
  const text = Array.isArray(tags) ? tags.filter((tag) => typeof tag === "string").join(",") : tags;
  return typeof text === "string" ? (SEVERITY_TAG.exec(text)?.[1] ?? null) : null;
}
