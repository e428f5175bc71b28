export { putWireTeamPolicy as PUT, deleteWireTeamPolicy as DELETE } from "#lib/http/api/teams";
