import type { WireAlertDto } from "#lib/alerts/queries/wire-alerts";
import { incidentNamed } from "#lib/http/wire/incident";
import { wireInstant } from "#lib/http/wire/instant";
import { nestedReference, wireReference } from "#lib/http/wire/reference";
import type { WireContext } from "#lib/http/wire/wire-context";

/** An alert as the public API shows it, its event in the PD-CEF form as well. */
export function wireAlert(wire: WireContext, alert: WireAlertDto) {
  const { incident, service, integration } = alert;
  const path = incident ? `incidents/${incident.id}/alerts/${alert.id}` : `alerts/${alert.id}`;
  const trigger = alert.firstTriggerId;
  return {
    ...nestedReference(wire, "alert", path, { id: alert.id, name: alert.summary }),
    html_url: incident ? `${wire.web}/incidents/${incident.number}/alerts` : null,
    created_at: wireInstant(alert.createdAt, wire.timeZone),
    updated_at: wireInstant(alert.updatedAt, wire.timeZone),
    resolved_at: alert.resolvedAt && wireInstant(alert.resolvedAt, wire.timeZone),
    status: alert.status,
    alert_key: alert.dedupKey,
    service: wireReference(wire, "service", service),
    first_trigger_log_entry:
      trigger === null
        ? null
        : nestedReference(wire, "trigger_log_entry_reference", `log_entries/${trigger}`, {
            id: trigger,
            name: alert.summary,
          }),
    incident: incident && wireReference(wire, "incident", incidentNamed(incident)),
    suppressed: alert.suppressed,
    severity: alert.severity,
    integration:
      integration &&
      nestedReference(
        wire,
        "inbound_integration_reference",
        `services/${service.id}/integrations/${integration.id}`,
        integration,
      ),
    privilege: null,
    alert_grouping: null,
    body: bodyOf(alert),
  };
}

function bodyOf(alert: WireAlertDto) {
  const contexts = [
    ...alert.links.map(({ href, text }) => ({ type: "link", href, text })),
    ...alert.images.map(({ src, href, alt }) => ({ type: "image", src, href, alt })),
  ];
  const details = alert.customDetails ?? {};
  return {
    type: "alert_body",
    contexts,
    details,
    cef_details: {
      client: alert.client,
      client_url: alert.clientUrl,
      contexts,
      dedup_key: alert.dedupKey,
      description: alert.summary,
      details,
      event_class: alert.class,
      message: alert.summary,
      mutations: [],
      priority: null,
      reporter_component: null,
      reporter_location: null,
      service_group: alert.group,
      severity: alert.severity,
      source_component: alert.component,
      source_location: null,
      source_origin: alert.source,
      version: "1.0",
    },
  };
}
