export { getServiceRules as GET, putServiceRules as PUT } from "#lib/http/api/event-orchestrations";
