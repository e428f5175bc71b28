export { deleteShadow as DELETE } from "#lib/http/api/shadows";
