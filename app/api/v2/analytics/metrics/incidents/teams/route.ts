export { teamMetrics as POST } from "#lib/http/api/analytics";
