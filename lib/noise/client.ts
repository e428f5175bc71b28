import { queryOptions } from "@tanstack/react-query";
import { callApi } from "#lib/browser/api";
import type { Judgement } from "#lib/noise/feedback";
import type { GroupingSet, GroupingSets } from "#lib/noise/queries/grouping-sets";
import type { HeldAlert, HeldOutcomes } from "#lib/noise/queries/held-alerts";
import type { IncidentContextDto } from "#lib/noise/queries/incident-context";
import type { MaintenanceDto, MaintenancePreview } from "#lib/noise/queries/maintenance";
import type { GroupingPreview } from "#lib/noise/queries/preview";
import type { ServiceNoise } from "#lib/noise/queries/service-noise";
import type {
  GroupingSetInput,
  MaintenanceInput,
  MoveAlertsInput,
  PreviewInput,
  QuietSettingsInput,
  ServiceGroupingInput,
} from "#lib/noise/schemas";

// What browser code knows of the answers; the queries themselves stay on the server.
export type Preview = GroupingPreview;
export type Held = HeldAlert;
export type Outcomes = HeldOutcomes;
export type IncidentContext = IncidentContextDto;
export type PastIncident = IncidentContextDto["past"]["incidents"][number];
export type RelatedIncident = IncidentContextDto["related"][number];
export type Maintenance = MaintenanceDto;
export type NoiseSettings = ServiceNoise;
export type GroupingSetDto = GroupingSet;
export type GroupingServiceDto = GroupingSets["services"][number];

export function moveAlerts({ incidentId, ...move }: MoveAlertsInput) {
  return callApi<{ incidentId: string; number: number }>(
    "POST",
    `/api/ui/incidents/${incidentId}/alerts/move`,
    move,
  );
}

export function judgeAlert(alertId: string, judgement: Judgement) {
  return callApi<null>("PUT", `/api/ui/alerts/${alertId}/judgement`, { judgement });
}

export function saveGrouping({ serviceId, ...grouping }: ServiceGroupingInput) {
  return callApi<null>("PUT", `/api/ui/services/${serviceId}/grouping`, grouping);
}

export function saveSet(set: GroupingSetInput) {
  return callApi<{ groupingId: string }>("PUT", "/api/ui/groupings", set);
}

export function deleteSet(groupingId: string) {
  return callApi<null>("DELETE", `/api/ui/groupings/${groupingId}`);
}

export function previewOptions(input: PreviewInput) {
  return queryOptions({
    queryKey: ["noise", "preview", input],
    queryFn: ({ signal }) => callApi<GroupingPreview>("POST", "/api/ui/noise/preview", input, signal),
  });
}

/** An incident by the number that people know. */
export function findIncident(number: string) {
  return callApi<{ id: string; number: number }>("GET", `/api/ui/incidents/${number}`);
}

export function saveQuiet({ serviceId, ...quiet }: QuietSettingsInput) {
  return callApi<null>("PUT", `/api/ui/services/${serviceId}/quiet`, quiet);
}

export function openHeldAlert(alertId: string) {
  return callApi<{ incidentId: string }>("POST", `/api/ui/alerts/${alertId}/open`);
}

export function planMaintenance(window: MaintenanceInput) {
  return callApi<{ windowId: string }>("POST", "/api/ui/maintenance", window);
}

export function endMaintenance(windowId: string) {
  return callApi<null>("POST", `/api/ui/maintenance/${windowId}/end`);
}

export function extendMaintenance(windowId: string, minutes: number) {
  return callApi<null>("POST", `/api/ui/maintenance/${windowId}/extend`, { minutes });
}

export function cancelMaintenance(windowId: string) {
  return callApi<null>("DELETE", `/api/ui/maintenance/${windowId}`);
}

export function maintenancePreviewOptions(window: MaintenanceInput) {
  return queryOptions({
    queryKey: ["noise", "maintenance", window],
    queryFn: ({ signal }) =>
      callApi<MaintenancePreview>("POST", "/api/ui/maintenance/preview", window, signal),
  });
}
