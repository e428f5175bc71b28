export { listWireServices as GET, createWireService as POST } from "#lib/http/api/services";
