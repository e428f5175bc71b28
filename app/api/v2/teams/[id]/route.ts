export { getWireTeam as GET, updateWireTeam as PUT, deleteWireTeam as DELETE } from "#lib/http/api/teams";
