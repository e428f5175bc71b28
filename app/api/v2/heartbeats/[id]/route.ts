export {
  getWireHeartbeat as GET,
  updateWireHeartbeat as PUT,
  deleteWireHeartbeat as DELETE,
} from "#lib/http/api/heartbeats";
