export { createTimeOff as POST, listWireTimeOff as GET } from "#lib/http/api/time-off";
