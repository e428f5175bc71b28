import { linkTo } from "#lib/events/attachments";
import type { EventImage } from "#lib/events/event";
import type { Warnings } from "#lib/events/event-fields";
import { isObject } from "#lib/events/json";
import { groupWarnings, NO_IDENTITY } from "#lib/events/sources/alertmanager";
import { isLegacyGrafana, parseLegacyGrafana } from "#lib/events/sources/grafana-legacy";
import { findLabel } from "#lib/events/sources/labels";
import type { Labels } from "#lib/events/sources/labels";
import { parseEach } from "#lib/events/sources/parse-each";
import {
  present,
  prometheusEvent,
  readAlertGroup,
  readPrometheusAlert,
} from "#lib/events/sources/prometheus-alert";
import type { AlertExtras, PrometheusAlert } from "#lib/events/sources/prometheus-alert";
import type { ParsedPayload, SourceAdapter, SourceContext } from "#lib/events/sources/source";
import { secureUrl } from "#lib/events/web-url";

/**
 * Grafana's webhook contact point: unified alerting (8 and later), and the notification channel of legacy alerting. The state
 * is each alert's own: the notification's `status` is "firing" as long as one of its alerts is.
 */
export const grafana: SourceAdapter = { source: "grafana", parse: parseGrafana };

const CUSTOM_PAYLOAD =
  "The body has no list of alerts: the contact point seems to use a custom payload; remove it so that Grafana sends its own";

function parseGrafana(payload: unknown, context: SourceContext): ParsedPayload {
  if (!isObject(payload)) return { kind: "unrecognised", reason: "The body is not a JSON object" };
  const alerts = payload.alerts;
  if (Array.isArray(alerts)) return parseUnified(payload, alerts, context);
  if (isLegacyGrafana(payload)) return parseLegacyGrafana(payload, context);
  return { kind: "unrecognised", reason: CUSTOM_PAYLOAD };
}

function parseUnified(
  payload: Record<string, unknown>,
  alerts: readonly unknown[],
  context: SourceContext,
): ParsedPayload {
  const group = readAlertGroup(payload, "Grafana");
  return parseEach({
    items: alerts,
    warnings: groupWarnings(payload, alerts),
    bodyWith: (items) => ({ status: group.status, alerts: items }),
    judge: (item) => {
      const alert = readPrometheusAlert(item, group);
      if (alert === null) return { kind: "rejected", reason: NO_IDENTITY };
      return { kind: "event", event: prometheusEvent(alert, group, context.defaultSeverity, extras(alert)) };
    },
  });
}

function extras({ item, labels, warnings }: PrometheusAlert): AlertExtras {
  const url = (key: string, text: string) => linkTo(item[key], key, text, warnings);
  return {
    title: evaluationTitle(labels),
    links: [
      ...url("dashboardURL", "Dashboard"),
      ...url("panelURL", "Panel"),
      ...url("silenceURL", "Silence"),
    ],
    images: pictures(item.imageURL, warnings),
    details: present({ values: item.values, valueString: item.valueString }),
  };
}

/** Alerts about the rule itself carry a name of their own and the rule's in `rulename`. */
function evaluationTitle(labels: Labels): string | null {
  const rule = findLabel(labels, "rulename");
  if (rule === null) return null;
  const name = findLabel(labels, "alertname");
  if (name === "DatasourceNoData") return `${rule}: no data`;
  return name === "DatasourceError" ? `${rule}: evaluation failed` : null;
}

function pictures(value: unknown, warnings: Warnings): EventImage[] {
  if (value === undefined || value === null || value === "") return [];
  const src = secureUrl(value);
  if (src === null) warnings.push("'imageURL' is not an https address, left out");
  return src === null ? [] : [{ src, href: null, alt: "Panel" }];
}
