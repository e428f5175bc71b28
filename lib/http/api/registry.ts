import type { ApiHandler } from "#lib/http/api-route";
import * as account from "#lib/http/api/account";
import * as analytics from "#lib/http/api/analytics";
import * as contactMethods from "#lib/http/api/contact-methods";
import * as handoffRules from "#lib/http/api/handoff-rules";
import * as coverRequests from "#lib/http/api/cover-requests";
import * as heartbeats from "#lib/http/api/heartbeats";
import * as cacheVariables from "#lib/http/api/cache-variables";
import * as eventOrchestrations from "#lib/http/api/event-orchestrations";
import * as escalationPolicies from "#lib/http/api/escalation-policies";
import * as incidentAlerts from "#lib/http/api/incident-alerts";
import * as incidentNotes from "#lib/http/api/incident-notes";
import * as incidents from "#lib/http/api/incidents";
import * as integrations from "#lib/http/api/integrations";
import * as logEntries from "#lib/http/api/log-entries";
import * as notificationRules from "#lib/http/api/notification-rules";
import * as onCalls from "#lib/http/api/on-calls";
import * as overrides from "#lib/http/api/overrides";
import * as problems from "#lib/http/api/problems";
import * as reviews from "#lib/http/api/reviews";
import * as responderRequests from "#lib/http/api/responder-requests";
import * as schedules from "#lib/http/api/schedules";
import * as services from "#lib/http/api/services";
import * as statusUpdates from "#lib/http/api/status-updates";
import * as shadows from "#lib/http/api/shadows";
import * as teams from "#lib/http/api/teams";
import * as timeOff from "#lib/http/api/time-off";
import * as users from "#lib/http/api/users";

const modules = [
  account,
  users,
  contactMethods,
  notificationRules,
  handoffRules,
  teams,
  services,
  integrations,
  heartbeats,
  eventOrchestrations,
  cacheVariables,
  escalationPolicies,
  schedules,
  overrides,
  coverRequests,
  shadows,
  timeOff,
  onCalls,
  incidents,
  incidentAlerts,
  incidentNotes,
  statusUpdates,
  responderRequests,
  logEntries,
  problems,
  reviews,
  analytics,
];

function isRoute(value: unknown): value is ApiHandler {
  return typeof value === "function" && "spec" in value;
}

/** Every endpoint of the public API. A test holds it equal to the route files, so the OpenAPI document can't drift. */
export const API_ROUTES: readonly ApiHandler[] = modules.flatMap((module) =>
  Object.values(module).filter(isRoute),
);
