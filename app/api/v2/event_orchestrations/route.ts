export { listOrchestrations as GET } from "#lib/http/api/event-orchestrations";
