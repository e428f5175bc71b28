import { callApi } from "#lib/browser/api";
import type {
  ActionInput,
  ActionUpdate,
  LinkInput,
  ProblemInput,
  ProblemUpdate,
} from "#lib/problems/schemas";

type Made = { id: string; number: number };

export const createProblem = (input: ProblemInput) => callApi<Made>("POST", "/api/ui/problems", input);

export const updateProblem = (id: string, input: ProblemUpdate) =>
  callApi<null>("PATCH", `/api/ui/problems/${id}`, input);

export const linkIncident = (id: string, input: LinkInput) =>
  callApi<null>("POST", `/api/ui/problems/${id}/incidents`, input);

export const unlinkIncident = (id: string, incidentId: string) =>
  callApi<null>("DELETE", `/api/ui/problems/${id}/incidents/${incidentId}`);

export const acceptSuggestion = (id: string) =>
  callApi<Made>("POST", `/api/ui/problem-suggestions/${id}/accept`, {});

export const dismissSuggestion = (id: string, reason: string) =>
  callApi<null>("POST", `/api/ui/problem-suggestions/${id}/dismiss`, { reason });

export const addAction = (input: ActionInput) =>
  callApi<{ id: string }>("POST", "/api/ui/corrective-actions", input);

export const updateAction = (id: string, input: ActionUpdate) =>
  callApi<null>("PATCH", `/api/ui/corrective-actions/${id}`, input);
