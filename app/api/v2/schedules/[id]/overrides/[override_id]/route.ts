export { deleteWireOverride as DELETE } from "#lib/http/api/overrides";
