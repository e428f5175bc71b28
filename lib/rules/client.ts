import { queryOptions } from "@tanstack/react-query";
import { callApi } from "#lib/browser/api";
import type { RuleSetDto, RoutedIntegrationDto, RuleHitsDto } from "#lib/rules/queries/rule-sets";
import type { RulesTrial, TriedEvent } from "#lib/rules/queries/try-rules";
import type { CacheVariableDto } from "#lib/rules/queries/cache-variables";
import type { RuleWebhookDto } from "#lib/rules/queries/webhooks";
import type {
  CacheVariableInput,
  PublishRulesInput,
  RuleWebhookInput,
  RuleWebhookUpdate,
  TryRulesInput,
} from "#lib/rules/schemas";

// What browser code knows of the answers; the queries themselves stay on the server.
export type RuleSetInForce = RuleSetDto;
export type RuleHits = RuleHitsDto;
export type Trial = RulesTrial;
export type Tried = TriedEvent;
export type RoutedIntegration = RoutedIntegrationDto;
export type CacheVariableOfRules = CacheVariableDto;
export type WebhookOfRules = RuleWebhookDto;

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

export function createCacheVariable(serviceId: string | null, variable: CacheVariableInput) {
  return callApi<{ id: string }>("POST", "/api/ui/rules/cache", { serviceId, variable });
}

export function updateCacheVariable(variableId: string, variable: CacheVariableInput) {
  return callApi<null>("PUT", `/api/ui/rules/cache/${variableId}`, variable);
}

export function deleteCacheVariable(variableId: string) {
  return callApi<null>("DELETE", `/api/ui/rules/cache/${variableId}`);
}

export function setCacheValue(variableId: string, value: string | number | boolean | null) {
  return callApi<{ expiresAt: string | null }>("PUT", `/api/ui/rules/cache/${variableId}/value`, { value });
}

export function createRuleWebhook(webhook: RuleWebhookInput) {
  return callApi<{ id: string; signingSecret: string }>("POST", "/api/ui/rules/webhooks", webhook);
}

export function updateRuleWebhook(webhookId: string, change: RuleWebhookUpdate) {
  return callApi<null>("PATCH", `/api/ui/rules/webhooks/${webhookId}`, change);
}

export function deleteRuleWebhook(webhookId: string) {
  return callApi<null>("DELETE", `/api/ui/rules/webhooks/${webhookId}`);
}

export function testRuleWebhook(webhookId: string) {
  return callApi<{ callId: string }>("POST", `/api/ui/rules/webhooks/${webhookId}/test`);
}
