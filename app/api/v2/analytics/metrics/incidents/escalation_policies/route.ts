export { policyMetrics as POST } from "#lib/http/api/analytics";
