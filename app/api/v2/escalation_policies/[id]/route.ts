export {
  getWirePolicy as GET,
  updateWirePolicy as PUT,
  deleteWirePolicy as DELETE,
} from "#lib/http/api/escalation-policies";
