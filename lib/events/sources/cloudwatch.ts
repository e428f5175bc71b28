import type { Warnings } from "#lib/events/event-fields";
import { isObject, readJson } from "#lib/events/json";
import { textHash } from "#lib/events/label-hash";
import { joined, textAt, valueAt } from "#lib/events/sources/fields";
import { monitorAdapter } from "#lib/events/sources/monitor-adapter";
import type { Reading } from "#lib/events/sources/monitor-adapter";
import type { ParsedPayload, SourceAdapter, SourceContext } from "#lib/events/sources/source";
import { readState, stateWords } from "#lib/events/sources/state-words";
import { storableJson } from "#lib/events/storable-json";

type Item = Record<string, unknown>;

/**
 * Alarms of Amazon CloudWatch: through SNS (an envelope whose `Message` is the alarm as a JSON text, or raw delivery without the
 * envelope) and through EventBridge. SNS asks the endpoint to confirm its subscription first.
 */
export const cloudwatch: SourceAdapter = { source: "cloudwatch", parse };

const alarms = monitorAdapter({ source: "cloudwatch", name: "Amazon CloudWatch" }, (item, warnings) => {
  if (isObject(item.detail)) return readBridged(item, warnings);
  const message = messageOf(item);
  if (isObject(message) && isAlarm(message)) return readAlarm(message, warnings);
  return textAt(item, "Type") === "Notification"
    ? readOther(item, message, warnings)
    : readAlarm(item, warnings);
});

/** An alarm that lost its data was not seen to recover; only alarms that are told to notify of it send this. */
const STATES = stateWords({ trigger: "alarm|insufficient data", resolve: "ok" });

function parse(payload: unknown, context: SourceContext): ParsedPayload {
  const type = textAt(payload, "Type");
  if (type === "SubscriptionConfirmation" && isObject(payload)) {
    return { kind: "confirmation", message: storableJson(payload).value };
  }
  if (type === "UnsubscribeConfirmation") {
    const ignored = [{ index: 0, reason: "The topic was unsubscribed from this address" }];
    return { kind: "events", events: [], rejected: [], ignored, warnings: [] };
  }
  return alarms.parse(payload, context);
}

function messageOf(item: Item): unknown {
  const json = typeof item.Message === "string" ? readJson(item.Message) : null;
  return json === null ? item.Message : json.value;
}

function isAlarm(message: Item): boolean {
  return textAt(message, "AlarmArn", "AlarmName", "NewStateValue") !== null;
}

function readAlarm(alarm: Item, warnings: Warnings): Reading {
  const state = textAt(alarm, "NewStateValue");
  const name = textAt(alarm, "AlarmName");
  return {
    identity:
      textAt(alarm, "AlarmArn") ?? joined(textAt(alarm, "AWSAccountId"), textAt(alarm, "Region"), name),
    state: readState(state, STATES, warnings),
    summary: name === null ? null : `${name}: ${state ?? "ALARM"}`,
    source: textAt(alarm, "Trigger.Dimensions.0.value", "Region"),
    severity: severityOf(state, name),
    at: textAt(alarm, "StateChangeTime"),
    component: textAt(alarm, "Trigger.Namespace"),
    group: textAt(alarm, "AWSAccountId"),
    class: textAt(alarm, "Trigger.MetricName"),
    details: alarm,
  };
}

function readBridged(item: Item, warnings: Warnings): Reading {
  const state = textAt(item, "detail.state.value");
  const name = textAt(item, "detail.alarmName");
  const fallback = joined(textAt(item, "account"), textAt(item, "region"), name);
  return {
    identity: textAt(item, "resources.0") ?? fallback,
    state: readState(state, STATES, warnings),
    summary: name === null ? null : `${name}: ${state ?? "ALARM"}`,
    source: textAt(item, "region"),
    severity: severityOf(state, name),
    at: textAt(item, "detail.state.timestamp", "time"),
    component: textAt(item, "detail.configuration.metrics.0.metricStat.metric.namespace"),
    group: textAt(item, "account"),
    class: textAt(item, "detail.configuration.metrics.0.metricStat.metric.name"),
  };
}

/** Whatever else is published to the topic is told as well: it was pointed at whoever is on call. */
function readOther(item: Item, message: unknown, warnings: Warnings): Reading {
  warnings.push("Not an alarm of CloudWatch, taken as firing: nothing will resolve it");
  const subject = textAt(item, "Subject");
  const text = subject ?? textAt(item, "Message");
  return {
    identity: text === null ? null : `${textAt(item, "TopicArn") ?? ""}:${textHash(text)}`,
    state: "trigger",
    summary: text,
    source: textAt(item, "TopicArn"),
    details: { message, subject, topic: valueAt(item, "TopicArn") ?? null },
  };
}

function severityOf(state: string | null, name: string | null): string | null {
  if (state === "INSUFFICIENT_DATA") return "warning";
  return /\[(critical|error|warning|info|p[1-5])\]/i.exec(name ?? "")?.[1] ?? null;
}
