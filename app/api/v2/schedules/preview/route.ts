export { previewWireSchedule as POST } from "#lib/http/api/schedules";
