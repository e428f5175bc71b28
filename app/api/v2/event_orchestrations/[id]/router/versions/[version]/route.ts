export { getRouterVersion as GET } from "#lib/http/api/event-orchestrations";
