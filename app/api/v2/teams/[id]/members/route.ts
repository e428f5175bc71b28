export { listWireMembers as GET } from "#lib/http/api/teams";
