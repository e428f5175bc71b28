export {
  getNotificationRule as GET,
  updateWireNotificationRule as PUT,
  deleteNotificationRule as DELETE,
} from "#lib/http/api/notification-rules";
