export { rawResponderIncidents as POST } from "#lib/http/api/analytics";
