import { callApi } from "#lib/browser/api";
import type { RemovedDemo } from "#lib/organisation/commands/remove-demo";
import type {
  ApiKeyDto,
  ApiKeyInput,
  AuditFacets,
  AuditRecordDto,
  Settings,
  SettingsUpdate,
} from "#lib/organisation/schemas";

// What browser code knows of the answers; the queries themselves stay on the server.
export type ApiKey = ApiKeyDto;
export type AuditRecord = AuditRecordDto;
export type Facets = AuditFacets;
export type OrganisationSettings = Settings;
export type AuditPage = { records: AuditRecordDto[]; nextCursor: string | null };

export function createApiKey(key: ApiKeyInput) {
  return callApi<{ id: string; key: string }>("POST", "/api/ui/api-keys", key);
}

export function rotateApiKey(keyId: string) {
  return callApi<{ id: string; key: string }>("POST", `/api/ui/api-keys/${keyId}/rotate`);
}

export function revokeApiKey(keyId: string) {
  return callApi<null>("DELETE", `/api/ui/api-keys/${keyId}`);
}

export function updateSettings(change: SettingsUpdate) {
  return callApi<Settings>("PATCH", "/api/ui/organisation", change);
}

export function removeDemo() {
  return callApi<RemovedDemo>("DELETE", "/api/ui/organisation/demo");
}
