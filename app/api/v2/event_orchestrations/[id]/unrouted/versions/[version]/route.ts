export { getUnroutedVersion as GET } from "#lib/http/api/event-orchestrations";
