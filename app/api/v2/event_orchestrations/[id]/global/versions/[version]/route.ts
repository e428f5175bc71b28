export { getGlobalVersion as GET } from "#lib/http/api/event-orchestrations";
