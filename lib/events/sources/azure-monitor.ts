import type { Warnings } from "#lib/events/event-fields";
import { isObject } from "#lib/events/json";
import { joined, objectAt, textAt } from "#lib/events/sources/fields";
import { monitorAdapter } from "#lib/events/sources/monitor-adapter";
import type { Reading } from "#lib/events/sources/monitor-adapter";
import { readState, stateWords } from "#lib/events/sources/state-words";

type Item = Record<string, unknown>;

/** Azure Monitor's action groups: the common alert schema, and the older ones of metric and activity log alerts. */
export const azureMonitor = monitorAdapter(
  { source: "azure-monitor", name: "Azure Monitor" },
  (item, warnings) => {
    const data = isObject(item.data) ? item.data : item;
    if (isObject(data.essentials)) return readCommon(data, data.essentials, warnings);
    const context = objectAt(data, "context");
    if (isObject(context.activityLog)) return readActivityLog(context.activityLog, item, warnings);
    return readClassic(data, context, warnings);
  },
);

const STATES = stateWords({ trigger: "fired|activated", resolve: "resolved|deactivated" });
const SEVERITIES = ["critical", "error", "warning", "info", "info"];
const NEVER_RESOLVES = "Azure resolves no alerts of this kind: somebody has to";

function readCommon(data: Item, essentials: Item, warnings: Warnings): Reading {
  const state = readState(textAt(essentials, "monitorCondition"), STATES, warnings);
  const origin = joined(textAt(essentials, "originAlertId"), textAt(essentials, "alertTargetIDs.0"));
  if (/activity log|service ?health/i.test(textAt(essentials, "monitoringService") ?? "")) {
    warnings.push(NEVER_RESOLVES);
  }
  return {
    identity: textAt(essentials, "alertId") ?? origin,
    state,
    summary: textAt(essentials, "alertRule", "description"),
    source: textAt(essentials, "configurationItems.0", "alertTargetIDs.0"),
    severity: severityOf(textAt(essentials, "severity")),
    at: textAt(essentials, state === "resolve" ? "resolvedDateTime" : "firedDateTime"),
    component: textAt(essentials, "monitoringService"),
    group: textAt(data, "alertContext.condition.allOf.0.metricNamespace"),
    class: textAt(essentials, "signalType"),
    links: [["Alert in Azure", textAt(essentials, "investigationLink")]],
  };
}

function readClassic(data: Item, context: Item, warnings: Warnings): Reading {
  const identity = [textAt(context, "id"), textAt(context, "resourceId")].filter((part) => part !== null);
  return {
    identity: identity.length === 0 ? null : identity.join(":"),
    state: readState(textAt(data, "status"), STATES, warnings),
    summary: textAt(context, "name", "description"),
    source: textAt(context, "resourceName", "resourceId"),
    severity: severityOf(textAt(context, "severity")),
    at: textAt(context, "timestamp"),
    component: textAt(context, "resourceType"),
    group: textAt(context, "resourceGroupName"),
    class: textAt(context, "condition.metricName", "conditionType"),
    links: [["Alert in Azure", textAt(context, "portalLink")]],
  };
}

function readActivityLog(entry: Item, item: Item, warnings: Warnings): Reading {
  warnings.push(NEVER_RESOLVES);
  const tracking = textAt(entry, "properties.trackingId");
  return {
    identity:
      tracking ?? joined(textAt(entry, "operationName"), textAt(entry, "resourceId", "subscriptionId")),
    state: "trigger",
    summary: textAt(entry, "properties.title", "description", "operationName"),
    source: textAt(entry, "resourceId", "subscriptionId"),
    severity: ACTIVITY_LEVELS.get((textAt(entry, "level") ?? "").toLowerCase()),
    at: textAt(entry, "eventTimestamp"),
    component: textAt(entry, "properties.service"),
    group: textAt(entry, "resourceGroupName"),
    class: textAt(entry, "eventSource"),
    details: item,
  };
}

const ACTIVITY_LEVELS = new Map([
  ["critical", "critical"],
  ["error", "error"],
  ["warning", "warning"],
  ["informational", "info"],
  ["verbose", "info"],
]);

/** `Sev0` to `Sev4`, "0" to "4" in the older schema: critical, error, warning, informational, verbose. */
function severityOf(text: string | null): string | null {
  const level = /^(?:sev)?([0-4])$/i.exec(text?.trim() ?? "")?.[1];
  return level === undefined ? text : (SEVERITIES[Number(level)] ?? null);
}
