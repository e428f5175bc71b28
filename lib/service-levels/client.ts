import { callApi } from "#lib/browser/api";
import type { ServiceLevelInput } from "#lib/service-levels/schemas";

export function createServiceLevel(level: ServiceLevelInput) {
  return callApi<{ id: string }>("POST", "/api/ui/service-levels", level);
}

export function updateServiceLevel(policyId: string, level: ServiceLevelInput) {
  return callApi<null>("PUT", `/api/ui/service-levels/${policyId}`, level);
}

export function removeServiceLevel(policyId: string) {
  return callApi<null>("DELETE", `/api/ui/service-levels/${policyId}`);
}
