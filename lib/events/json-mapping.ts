/** What is read from each item of a message. */
export const ITEM_FIELDS = [
  "action",
  "dedupKey",
  "summary",
  "source",
  "severity",
  "component",
  "group",
  "class",
  "details",
  "links",
  "time",
] as const;
export type ItemField = (typeof ITEM_FIELDS)[number];

/** `items`: what a message is about, each of which becomes an event. */
export const MAPPED_FIELDS = ["items", ...ITEM_FIELDS] as const;
export type MappedField = (typeof MAPPED_FIELDS)[number];

/**
 * How any JSON becomes events: an expression in CEL for each field, empty for none. Expressions read `body`, the whole message; all
 * but that of the items read `item` as well.
 */
export type JsonMapping = Readonly<Record<MappedField, string>>;

/** Understands the names that most senders use. It is in force until another is published. */
export const DEFAULT_MAPPING: JsonMapping = {
  items: "type(body.alerts) == list ? body.alerts : type(body) == list ? body : [body]",
  action: "first([item.event_action, item.action, item.status, item.state, item.alert_state])",
  dedupKey:
    "first([item.dedup_key, item.dedupKey, item.fingerprint, item.alert_id, item.alertId, item.incident_id, item.id, item.uuid, item.key])",
  summary:
    "first([item.summary, item.title, item.name, item.subject, item.message, item.msg, item.description, item.text, item.annotations.summary, item.labels.alertname])",
  source:
    "first([item.source, item.host, item.hostname, item.server, item.instance, item.labels.instance, item.service])",
  severity: "first([item.severity, item.level, item.priority, item.labels.severity])",
  component: "first([item.component, item.labels.component])",
  group: "first([item.group, item.cluster, item.environment, item.env])",
  class: "first([item.class, item.category, item.check])",
  details: "item",
  links: "first([item.links, item.url, item.link, item.href])",
  time: "first([item.timestamp, item.time, item.updated_at, item.updatedAt, item.occurred_at, item.date])",
};

/** The fields in which two mappings differ. */
export function changedFieldsOf(before: JsonMapping, after: JsonMapping): MappedField[] {
  return MAPPED_FIELDS.filter((field) => before[field].trim() !== after[field].trim());
}
