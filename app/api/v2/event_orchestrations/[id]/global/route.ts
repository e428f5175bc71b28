export { getGlobal as GET, putGlobal as PUT } from "#lib/http/api/event-orchestrations";
