import { queryOptions } from "@tanstack/react-query";
import { callApi } from "#lib/browser/api";
import type { ApplicationPreview } from "#lib/escalation/queries/application-preview";
import type { CoverageWarningDto } from "#lib/escalation/queries/coverage-warnings";
import type { PolicyGaps } from "#lib/escalation/queries/policy-gaps";
import type { PolicyDto } from "#lib/escalation/queries/policies";
import type { PolicyTrialResult, TrialStep } from "#lib/escalation/queries/trial";
import type { PolicyInput, PolicyTrial } from "#lib/escalation/schemas";

// What browser code knows of the answers; the queries themselves stay on the server.
export type Policy = PolicyDto;
export type Trial = PolicyTrialResult;
export type Application = ApplicationPreview;
export type CoverageWarning = CoverageWarningDto;
export type Gaps = PolicyGaps;
export type Step = TrialStep;

/** What a draft would do if an incident began now. */
export function trialOptions(draft: PolicyTrial) {
  return queryOptions({
    queryKey: ["escalation-policies", "trial", draft],
    queryFn: ({ signal }) =>
      callApi<PolicyTrialResult>("POST", "/api/ui/escalation-policies/trial", draft, signal),
  });
}

/** Makes the policy, or replaces it. Throws ApiProblem with status 409 when somebody else did meanwhile. */
export function savePolicy(
  policy: { id: string; slug: string; expectedVersion: number } | null,
  input: PolicyInput,
): Promise<{ slug: string }> {
  if (policy === null) return callApi<{ slug: string }>("POST", "/api/ui/escalation-policies", input);
  const { id, slug, expectedVersion } = policy;
  return callApi("PUT", `/api/ui/escalation-policies/${id}`, { ...input, expectedVersion }).then(() => ({
    slug,
  }));
}

/** Whom applying the policy to its open incidents would page. */
export function applicationOptions(policyId: string) {
  return queryOptions({
    queryKey: ["escalation-policies", policyId, "application"],
    queryFn: ({ signal }) =>
      callApi<ApplicationPreview>("GET", `/api/ui/escalation-policies/${policyId}/apply`, undefined, signal),
    staleTime: 0,
  });
}

export function applyPolicy(policyId: string, expectedVersion: number) {
  return callApi<{ applied: number }>("POST", `/api/ui/escalation-policies/${policyId}/apply`, {
    expectedVersion,
  });
}

export function deletePolicy(policyId: string) {
  return callApi<null>("DELETE", `/api/ui/escalation-policies/${policyId}`);
}
