/** Kinds of integration, in the words of the public API. The same key works for every event format. */
export const INTEGRATION_TYPES = [
  "events_api_v2_inbound_integration",
  "generic_events_api_inbound_integration",
  "alertmanager_inbound_integration",
  "grafana_inbound_integration",
] as const;
export type IntegrationType = (typeof INTEGRATION_TYPES)[number];
