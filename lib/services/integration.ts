/** Kinds of integration that are nothing but a key, in the words of the public API. The same key works for every event format. */
export const PLAIN_INTEGRATION_TYPES = [
  "events_api_v2_inbound_integration",
  "generic_events_api_inbound_integration",
  "alertmanager_inbound_integration",
  "grafana_inbound_integration",
] as const;
export type PlainIntegrationType = (typeof PLAIN_INTEGRATION_TYPES)[number];

/** All kinds; those that have more than a key are made by commands of their own. */
export const INTEGRATION_TYPES = [
  ...PLAIN_INTEGRATION_TYPES,
  "heartbeat_inbound_integration",
  "generic_email_inbound_integration",
] as const;
export type IntegrationType = (typeof INTEGRATION_TYPES)[number];
