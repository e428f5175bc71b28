export { snoozeIncident as POST } from "#lib/http/api/incidents";
