export { getOrchestration as GET } from "#lib/http/api/event-orchestrations";
