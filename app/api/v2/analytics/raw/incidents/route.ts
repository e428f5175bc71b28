export { rawIncidents as POST } from "#lib/http/api/analytics";
