import { callApi } from "#lib/browser/api";
import type { HeartbeatDto } from "#lib/heartbeats/queries/heartbeats";
import type { HeartbeatInput, HeartbeatUpdate } from "#lib/heartbeats/schemas";

// What browser code knows of the answers; the queries themselves stay on the server.
export type Heartbeat = HeartbeatDto;

export function createHeartbeat({ serviceId, ...heartbeat }: HeartbeatInput) {
  return callApi<{ id: string; key: string }>("POST", `/api/ui/services/${serviceId}/heartbeats`, heartbeat);
}

export function updateHeartbeat({ heartbeatId, ...change }: HeartbeatUpdate) {
  return callApi<null>("PATCH", `/api/ui/heartbeats/${heartbeatId}`, change);
}
