import { queryOptions } from "@tanstack/react-query";
import { callApi } from "#lib/browser/api";
import type { RuleSetDto, RoutedIntegrationDto, RuleHitsDto } from "#lib/rules/queries/rule-sets";
import type { RulesTrial, TriedEvent } from "#lib/rules/queries/try-rules";
import type { PublishRulesInput, TryRulesInput } from "#lib/rules/schemas";

// What browser code knows of the answers; the queries themselves stay on the server.
export type RuleSetInForce = RuleSetDto;
export type RuleHits = RuleHitsDto;
export type Trial = RulesTrial;
export type Tried = TriedEvent;
export type RoutedIntegration = RoutedIntegrationDto;

/** What a draft would do to the last events of its place, or to a pasted one. */
export function trialOptions(draft: TryRulesInput) {
  return queryOptions({
    queryKey: ["rules", "trial", draft],
    queryFn: ({ signal }) => callApi<RulesTrial>("POST", "/api/ui/rules/try", draft, signal),
  });
}

/** Puts rules in force. Throws ApiProblem with status 409 when somebody else published meanwhile. */
export function publishRuleSet(input: PublishRulesInput) {
  return callApi<{ id: string; version: number }>("POST", "/api/ui/rules", input);
}

export function setRouting(input: { integrationId: string; isRouted: boolean }) {
  return callApi<null>("POST", "/api/ui/rules/routing", input);
}
