export { serviceMetrics as POST } from "#lib/http/api/analytics";
