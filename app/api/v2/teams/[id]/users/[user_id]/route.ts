export { putWireMember as PUT, deleteWireMember as DELETE } from "#lib/http/api/teams";
