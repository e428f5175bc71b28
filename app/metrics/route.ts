export { handleMetrics as GET } from "#lib/http/health-route";
