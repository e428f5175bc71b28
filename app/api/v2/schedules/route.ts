export { listWireSchedules as GET, createWireSchedule as POST } from "#lib/http/api/schedules";
