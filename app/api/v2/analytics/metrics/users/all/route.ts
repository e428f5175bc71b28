export { userMetrics as POST } from "#lib/http/api/analytics";
