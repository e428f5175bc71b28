export { getIncidentAlert as GET, updateIncidentAlert as PUT } from "#lib/http/api/incident-alerts";
