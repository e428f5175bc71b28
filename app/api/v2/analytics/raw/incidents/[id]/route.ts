export { rawIncident as GET } from "#lib/http/api/analytics";
