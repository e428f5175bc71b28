import type { IntegrationType } from "#lib/services/integration";

/** What an integration is for, as it is chosen; its key takes every format all the same. */
export const INTEGRATION_NAMES: Record<IntegrationType, string> = {
  events_api_v2_inbound_integration: "Events API v2",
  generic_events_api_inbound_integration: "Events API v1",
  alertmanager_inbound_integration: "Prometheus Alertmanager",
  grafana_inbound_integration: "Grafana",
};
