export { allIncidentMetrics as POST } from "#lib/http/api/analytics";
