export { listWireOverrides as GET, createWireOverrides as POST } from "#lib/http/api/overrides";
