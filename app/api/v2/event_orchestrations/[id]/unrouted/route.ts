export { getUnrouted as GET, putUnrouted as PUT } from "#lib/http/api/event-orchestrations";
