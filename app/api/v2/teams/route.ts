export { listWireTeams as GET, createWireTeam as POST } from "#lib/http/api/teams";
