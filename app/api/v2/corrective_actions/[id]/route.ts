export { updateWireAction as PUT } from "#lib/http/api/problems";
