export { getIncident as GET, updateIncident as PUT } from "#lib/http/api/incidents";
