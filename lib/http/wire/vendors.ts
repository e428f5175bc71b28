import { JSON_VENDOR_ID, SOURCE_PRODUCTS } from "#lib/events/sources/products";
import { resourceHead } from "#lib/http/wire/reference";
import type { WireContext } from "#lib/http/wire/wire-context";
import { typeOfSource } from "#lib/services/integration-words";
import type { PlainIntegrationType } from "#lib/services/integration";

export type Vendor = { id: string; name: string; site: string; integrationType: PlainIntegrationType };

const OTHERS = [
  { id: "PRO19CT", name: "Backstage", site: "https://backstage.io" },
  { id: "PVEML01", name: "Email", site: "https://www.rfc-editor.org/rfc/rfc5322" },
  { id: "PVGHA01", name: "GitHub", site: "https://github.com" },
  { id: JSON_VENDOR_ID, name: "JSON webhook", site: "https://www.rfc-editor.org/rfc/rfc8259" },
  { id: "PVHON01", name: "Honeycomb", site: "https://www.honeycomb.io" },
];

/** Tools that clients look up by name when they make an integration. Backstage's id is written into its plugins. */
export const VENDORS: readonly Vendor[] = [
  ...OTHERS.map((vendor): Vendor => ({ ...vendor, integrationType: "events_api_v2_inbound_integration" })),
  ...SOURCE_PRODUCTS.map(({ source, name, vendorName, site, vendorId }): Vendor => ({
    id: vendorId,
    name: vendorName ?? name,
    site,
    integrationType: typeOfSource(source),
  })),
].toSorted((a, b) => a.name.localeCompare(b.name, "en"));

export function wireVendor(wire: WireContext, vendor: Vendor) {
  return {
    ...resourceHead(wire, "vendor", vendor),
    name: vendor.name,
    long_name: vendor.name,
    website_url: vendor.site,
    logo_url: null,
    thumbnail_url: null,
    description: `Events from ${vendor.name}.`,
    integration_guide_url: null,
    generic_service_type: vendor.integrationType,
    is_pd_cef: true,
    connectable: false,
    alert_creation_editable: false,
    alert_creation_default: "create_alerts_and_incidents",
  };
}
