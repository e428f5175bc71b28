import { queryOptions } from "@tanstack/react-query";
import { ApiProblem, callApi } from "#lib/browser/api";
import type { DecisionTrail } from "#lib/incidents/queries/decision-trail";
import type { PersonPageDto } from "#lib/incidents/queries/person-pages";
import type {
  AlertDto,
  BulkAction,
  IncidentDetailDto,
  LogEntryDto,
  PageDto,
  ResponderRequestDto,
} from "#lib/incidents/schemas";
import type { RefusalReason } from "#lib/incidents/incident";

export type Trail = DecisionTrail;
export type PersonPage = PersonPageDto;

export function incidentOptions(incidentId: string) {
  return queryOptions({
    queryKey: ["incidents", "detail", incidentId],
    queryFn: ({ signal }) =>
      callApi<IncidentDetailDto>("GET", `/api/ui/incidents/${incidentId}`, undefined, signal),
  });
}

export function timelineOptions(incidentId: string) {
  return queryOptions({
    queryKey: ["incidents", "timeline", incidentId],
    queryFn: ({ signal }) =>
      callApi<LogEntryDto[]>("GET", `/api/ui/incidents/${incidentId}/timeline`, undefined, signal),
  });
}

export function pagesOptions(incidentId: string) {
  return queryOptions({
    queryKey: ["incidents", "pages", incidentId],
    queryFn: ({ signal }) =>
      callApi<PageDto[]>("GET", `/api/ui/incidents/${incidentId}/pages`, undefined, signal),
  });
}

export function alertsOptions(incidentId: string) {
  return queryOptions({
    queryKey: ["incidents", "alerts", incidentId],
    queryFn: ({ signal }) =>
      callApi<AlertDto[]>("GET", `/api/ui/incidents/${incidentId}/alerts`, undefined, signal),
  });
}

/** Who was asked to join, and what they answered. */
export function respondersOptions(incidentId: string) {
  return queryOptions({
    queryKey: ["incidents", "responders", incidentId],
    queryFn: ({ signal }) =>
      callApi<ResponderRequestDto[]>("GET", `/api/ui/incidents/${incidentId}/responders`, undefined, signal),
  });
}

export function requestResponders(
  incidentId: string,
  request: { userIds: string[]; policyIds: string[]; message: string },
) {
  return callApi<{ id: string }>("POST", `/api/ui/incidents/${incidentId}/responders`, request);
}

export function answerRequest(incidentId: string, answer: "joined" | "declined") {
  return callApi<null>("POST", `/api/ui/incidents/${incidentId}/responders/answer`, { answer });
}

export function judgePage(incidentId: string, useful: boolean | null) {
  return callApi<null>("POST", `/api/ui/incidents/${incidentId}/page-verdict`, { useful });
}

export function cancelRequest(incidentId: string, requestId: string) {
  return callApi<null>("DELETE", `/api/ui/incidents/${incidentId}/responders/${requestId}`);
}

export type ActionResult = {
  incidentId: string;
  number: number;
  refused: { reason: RefusalReason; sentence: string } | null;
};

/** Acts on one or many incidents; tells what became of each. Throws ApiProblem, also when every one of them was refused. */
export async function actOnIncidents(action: BulkAction): Promise<ActionResult[]> {
  const results = await callApi<ActionResult[]>("POST", "/api/ui/incidents/actions", action);
  if (results.length > 0 && results.every(({ refused }) => refused !== null)) {
    throw new ApiProblem(refusalsOf(results), { status: 409 });
  }
  return results;
}

/** The honest summary of a bulk action: "Acknowledged 14 of 15. #1039: it is already resolved." */
export function describeResults(done: string, results: readonly ActionResult[]): string {
  const refused = results.filter((result) => result.refused !== null);
  if (results.length === 1 && refused.length === 0) return `${done} #${results[0]?.number}.`;
  if (refused.length === 0) return `${done} ${results.length}.`;
  return `${done} ${results.length - refused.length} of ${results.length}. ${refusalsOf(refused)}`;
}

const TOLD = 3;

/** Why the first few were refused: "#1039: It is already resolved." */
function refusalsOf(refused: readonly ActionResult[]): string {
  const rest = refused.length - TOLD;
  const told = refused.slice(0, TOLD).map((result) => `#${result.number}: ${result.refused?.sentence}`);
  return [...told, ...(rest > 0 ? [`And ${rest} more.`] : [])].join(" ");
}
