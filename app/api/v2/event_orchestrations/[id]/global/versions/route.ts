export { listGlobalVersions as GET } from "#lib/http/api/event-orchestrations";
