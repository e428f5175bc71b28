export { deleteTimeOff as DELETE } from "#lib/http/api/time-off";
