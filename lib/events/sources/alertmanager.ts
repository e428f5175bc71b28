import { plainText } from "#lib/events/event-fields";
import { isObject } from "#lib/events/json";
import { parseEach } from "#lib/events/sources/parse-each";
import { prometheusEvent, readAlertGroup, readPrometheusAlert } from "#lib/events/sources/prometheus-alert";
import type { ParsedPayload, SourceAdapter, SourceContext } from "#lib/events/sources/source";

/** Prometheus Alertmanager's `webhook_configs`, payload version 4 and the older ones without fingerprints. */
export const alertmanager: SourceAdapter = { source: "alertmanager", parse: parseAlertmanager };

function parseAlertmanager(payload: unknown, context: SourceContext): ParsedPayload {
  if (!isObject(payload)) return { kind: "unrecognised", reason: "The body is not a JSON object" };
  const alerts = payload.alerts;
  if (!Array.isArray(alerts)) {
    return {
      kind: "unrecognised",
      reason: "The body has no list of alerts, as Alertmanager's webhook sends it",
    };
  }
  const group = readAlertGroup(payload, "Alertmanager");
  return parseEach({
    items: alerts,
    warnings: groupWarnings(payload, alerts),
    bodyWith: (items) => ({ status: group.status, alerts: items }),
    judge: (item) => {
      const alert = readPrometheusAlert(item, group);
      if (alert === null) return { kind: "rejected", reason: NO_IDENTITY };
      return { kind: "event", event: prometheusEvent(alert, group, context.defaultSeverity) };
    },
  });
}

export const NO_IDENTITY = "The alert has neither a fingerprint nor labels to know it by";

/** What is missing from a notification is not to be seen in its alerts, so it is said of the whole. */
export function groupWarnings(payload: Record<string, unknown>, alerts: readonly unknown[]): string[] {
  const truncated = Number(plainText(payload.truncatedAlerts) ?? 0);
  const warnings = alerts.length === 0 ? ["The notification holds no alerts"] : [];
  if (truncated > 0) warnings.push(`The sender left out ${truncated} alerts (its max_alerts setting)`);
  return warnings;
}
