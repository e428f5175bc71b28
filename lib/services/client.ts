import { callApi } from "#lib/browser/api";
import type { CatalogueEntry } from "#lib/services/queries/catalogue";
import type { DependencyDto } from "#lib/services/queries/dependencies";
import type { ServiceDay } from "#lib/services/queries/history";
import type { IntegrationHealth } from "#lib/services/queries/integration-health";
import type { IntegrationDto } from "#lib/services/queries/integrations";
import type { ServiceDto } from "#lib/services/queries/load-services";
import type { IntegrationInput, ServiceInput } from "#lib/services/schemas";

// What browser code knows of the answers; the queries themselves stay on the server.
export type CatalogueService = CatalogueEntry;
export type Service = ServiceDto;
export type Dependency = DependencyDto;
export type Integration = IntegrationDto;
export type IntegrationHealthDto = IntegrationHealth;
export type Day = ServiceDay;

export function createService(service: ServiceInput) {
  return callApi<{ id: string; slug: string }>("POST", "/api/ui/services", service);
}

/** What is left out stays as it is. */
export type ServiceChange = Partial<
  Pick<
    ServiceDto,
    | "name"
    | "description"
    | "tier"
    | "urgencyRule"
    | "supportHours"
    | "acknowledgementTimeout"
    | "autoResolveTimeout"
    | "reopenWithin"
    | "escalateLowUrgency"
    | "queueLowUrgency"
    | "withholdDetails"
    | "feature"
    | "component"
    | "customerFacing"
    | "availabilityTarget"
    | "runbookUrl"
    | "links"
  > & { teamId: string | null; escalationPolicyId: string }
>;

export function updateService(serviceId: string, change: ServiceChange) {
  return callApi<null>("PATCH", `/api/ui/services/${serviceId}`, change);
}

export function switchService(serviceId: string, enabled: boolean) {
  return callApi<null>("PUT", `/api/ui/services/${serviceId}/enabled`, { enabled });
}

export function deleteService(serviceId: string) {
  return callApi<null>("DELETE", `/api/ui/services/${serviceId}`);
}

export function setDependencies(serviceId: string, supportingIds: readonly string[]) {
  return callApi<null>("PUT", `/api/ui/services/${serviceId}/dependencies`, { supportingIds });
}

export function createIntegration({ serviceId, ...integration }: IntegrationInput) {
  return callApi<{ id: string; key: string }>(
    "POST",
    `/api/ui/services/${serviceId}/integrations`,
    integration,
  );
}

export function renameIntegration(integrationId: string, name: string) {
  return callApi<null>("PATCH", `/api/ui/integrations/${integrationId}`, { name });
}

export function rotateIntegrationKey(integrationId: string) {
  return callApi<{ key: string }>("POST", `/api/ui/integrations/${integrationId}/rotate-key`);
}

export function deleteIntegration(integrationId: string) {
  return callApi<null>("DELETE", `/api/ui/integrations/${integrationId}`);
}
