export { getWireUser as GET, updateWireUser as PUT, deleteWireUser as DELETE } from "#lib/http/api/users";
