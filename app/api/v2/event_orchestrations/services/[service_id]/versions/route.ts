export { listServiceRuleVersions as GET } from "#lib/http/api/event-orchestrations";
