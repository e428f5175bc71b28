export { linkWireIncident as POST } from "#lib/http/api/problems";
