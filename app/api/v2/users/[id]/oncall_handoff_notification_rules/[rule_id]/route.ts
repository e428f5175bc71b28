export {
  getHandoffRule as GET,
  updateWireHandoffRule as PUT,
  deleteHandoffRule as DELETE,
} from "#lib/http/api/handoff-rules";
