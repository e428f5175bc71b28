export { listIncidentAlerts as GET, updateIncidentAlerts as PUT } from "#lib/http/api/incident-alerts";
