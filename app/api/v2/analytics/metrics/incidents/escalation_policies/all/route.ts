export { allPolicyMetrics as POST } from "#lib/http/api/analytics";
