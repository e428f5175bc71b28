export { getServiceRuleVersion as GET } from "#lib/http/api/event-orchestrations";
