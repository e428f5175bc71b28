export { listScheduleUsers as GET } from "#lib/http/api/schedules";
