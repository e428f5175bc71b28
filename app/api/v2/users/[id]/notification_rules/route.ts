export {
  listNotificationRules as GET,
  createNotificationRule as POST,
} from "#lib/http/api/notification-rules";
