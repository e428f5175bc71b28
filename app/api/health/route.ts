export { handleHealth as GET } from "#lib/http/health-route";
