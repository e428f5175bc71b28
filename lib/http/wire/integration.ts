import { wireInstant } from "#lib/http/wire/instant";
import { nestedReference, wireReference } from "#lib/http/wire/reference";
import { VENDORS } from "#lib/http/wire/vendors";
import type { WireContext } from "#lib/http/wire/wire-context";
import type { IntegrationDto } from "#lib/services/queries/integrations";
import { PLAIN_INTEGRATION_TYPES } from "#lib/services/integration";
import type { IntegrationType, PlainIntegrationType } from "#lib/services/integration";

/** The type that the public API gives to whatever was made for a vendor. */
const BY_VENDOR = "event_transformer_api_inbound_integration";

/** An integration as the public API shows it. Those made for a vendor name it, the others never do: clients tell them apart by that. */
export function wireIntegration(wire: WireContext, integration: IntegrationDto) {
  const vendor = VENDORS.find(({ id }) => id === vendorOf(integration));
  const type = vendor ? BY_VENDOR : integration.type;
  const path = `services/${integration.serviceId}/integrations/${integration.id}`;
  return {
    ...nestedReference(wire, type, path, integration),
    name: integration.name,
    service: wireReference(wire, "service", { id: integration.serviceId, name: integration.serviceName }),
    created_at: wireInstant(integration.createdAt, wire.timeZone),
    vendor: vendor ? wireReference(wire, "vendor", vendor) : null,
    integration_key: integration.key,
    integration_email: null,
  };
}

/** Our own types for a tool stand for its vendor, however they were made. */
function vendorOf({ vendorId, type }: IntegrationDto): string | undefined {
  return vendorId ?? VENDORS.find((vendor) => vendor.integrationType === type && !isWireType(type))?.id;
}

function isWireType(type: IntegrationType): boolean {
  return type === "events_api_v2_inbound_integration" || type === "generic_events_api_inbound_integration";
}

/** Which of our types a request means; null: none that we have. */
export function readIntegrationType(
  type: string | undefined,
  vendorId: string | null,
): PlainIntegrationType | null {
  if (vendorId !== null) return VENDORS.find(({ id }) => id === vendorId)?.integrationType ?? null;
  const name = type?.replace(/_reference$/, "");
  return PLAIN_INTEGRATION_TYPES.find((known) => known === name) ?? null;
}
