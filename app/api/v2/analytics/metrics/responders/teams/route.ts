export { responderTeamMetrics as POST } from "#lib/http/api/analytics";
