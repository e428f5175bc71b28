export {
  getWireSchedule as GET,
  updateWireSchedule as PUT,
  deleteWireSchedule as DELETE,
} from "#lib/http/api/schedules";
