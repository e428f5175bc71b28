import { JSON_SOURCE } from "#lib/events/sources/json";
import { JSON_VENDOR_ID, SOURCE_PRODUCTS } from "#lib/events/sources/products";
import { PLAIN_INTEGRATION_TYPES } from "#lib/services/integration";
import type { IntegrationType, PlainIntegrationType } from "#lib/services/integration";

/** What an integration is for, as it is chosen; its key takes every format all the same. */
export interface IntegrationKind {
  name: string;
  type: PlainIntegrationType;
  vendorId: string | null;
  /** The product's own format; null for the Events API. */
  source: string | null;
}

const EVENTS_API: IntegrationKind = {
  name: "Events API v2",
  type: "events_api_v2_inbound_integration",
  vendorId: null,
  source: null,
};

export const INTEGRATION_KINDS: readonly IntegrationKind[] = [
  EVENTS_API,
  { ...EVENTS_API, name: "Events API v1", type: "generic_events_api_inbound_integration" },
  ...SOURCE_PRODUCTS.map(({ source, name, vendorId }): IntegrationKind => {
    const type = typeOfSource(source);
    return { name, source, type, vendorId: type === EVENTS_API.type ? vendorId : null };
  }),
  { ...EVENTS_API, name: "Any JSON, by a mapping", vendorId: JSON_VENDOR_ID, source: JSON_SOURCE },
];

/** Some products have a type of their own; the others are the Events API for a vendor. */
export function typeOfSource(source: string): PlainIntegrationType {
  return PLAIN_INTEGRATION_TYPES.find((type) => type === `${source}_inbound_integration`) ?? EVENTS_API.type;
}

export function kindOfIntegration(integration: {
  type: IntegrationType;
  vendorId: string | null;
}): IntegrationKind {
  const { type, vendorId } = integration;
  const ofVendor = INTEGRATION_KINDS.find((kind) => kind.vendorId !== null && kind.vendorId === vendorId);
  return ofVendor ?? INTEGRATION_KINDS.find((kind) => kind.type === type) ?? EVENTS_API;
}
