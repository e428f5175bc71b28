export {
  getWireService as GET,
  updateWireService as PUT,
  deleteWireService as DELETE,
} from "#lib/http/api/services";
