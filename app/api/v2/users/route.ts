export { listWireUsers as GET, createWireUser as POST } from "#lib/http/api/users";
