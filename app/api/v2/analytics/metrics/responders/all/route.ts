export { responderMetrics as POST } from "#lib/http/api/analytics";
