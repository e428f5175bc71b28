export { allServiceMetrics as POST } from "#lib/http/api/analytics";
