export { getRouter as GET, putRouter as PUT } from "#lib/http/api/event-orchestrations";
