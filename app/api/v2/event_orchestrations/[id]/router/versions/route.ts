export { listRouterVersions as GET } from "#lib/http/api/event-orchestrations";
