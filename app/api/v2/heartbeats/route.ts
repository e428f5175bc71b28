export { listWireHeartbeats as GET, createWireHeartbeat as POST } from "#lib/http/api/heartbeats";
