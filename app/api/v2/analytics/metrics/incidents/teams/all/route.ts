export { allTeamMetrics as POST } from "#lib/http/api/analytics";
