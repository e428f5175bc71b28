export { listWireActions as GET, createWireAction as POST } from "#lib/http/api/problems";
